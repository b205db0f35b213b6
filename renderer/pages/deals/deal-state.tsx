import {
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconProgress,
  IconScale,
} from '@tabler/icons-react';
import { useTexts } from '../../i18n/index.ts';
import { type contestOutcome, type DealView, progressOf, shownState } from './deal-words.ts';

const faces = {
  open: { icon: IconProgress, color: 'yellow.8' },
  ended: { icon: IconCircleCheckFilled, color: 'tile.6' },
  failed: { icon: IconCircleXFilled, color: 'red.7' },
} as const;

/** As the theme names it: `yellow.8`. */
function colorOf(name: string): string {
  return `var(--mantine-color-${name.replace('.', '-')})`;
}

export function StateIcon({
  state,
  size = 17,
}: {
  readonly state: string;
  readonly size?: number;
}) {
  const { icon: Icon, color } = faces[progressOf(state)];
  return (
    <span className="deal-state-icon" style={{ color: colorOf(color) }} aria-hidden>
      <Icon size={size} />
    </span>
  );
}

export function useStateText() {
  const t = useTexts();
  return (deal: DealView, state: string) => {
    const shown = shownState(deal, state);
    return t(`deals.state.${deal.side}.${shown}`, {}, shown);
  };
}

function ContestIcon({ outcome }: { readonly outcome: string }) {
  const color = outcome === 'sent' ? 'yellow.8' : 'red.7';
  return (
    <span className="deal-state-icon" style={{ color: colorOf(color) }} aria-hidden>
      <IconScale size={17} />
    </span>
  );
}

interface DealStateProps {
  readonly deal: DealView;
  /** How its contest stands, which says more than its state. */
  readonly outcome?: ReturnType<typeof contestOutcome>;
}

/** A deal's state: in words, with a sign that is not color alone. */
export function DealState({ deal, outcome }: DealStateProps) {
  const t = useTexts();
  const stateText = useStateText();
  return (
    <span className="deal-state">
      {outcome ? <ContestIcon outcome={outcome} /> : <StateIcon state={deal.state} />}
      <span className="deal-state-text">
        {outcome ? t(`contest.short.${outcome}`) : stateText(deal, deal.state)}
      </span>
    </span>
  );
}
