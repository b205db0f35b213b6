import { Text } from '@mantine/core';
import { IconCircleDashed } from '@tabler/icons-react';
import { timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { StateIcon, useStateText } from './deal-state.tsx';
import { type DealView, progressOf, shownState, statesOf } from './deal-words.ts';

/** A deal as a line of states with their times, and what happens next and when. */
export function DealLine({ deal, title }: { readonly deal: DealView; readonly title?: string }) {
  const t = useTexts();
  const stateText = useStateText();
  const { side, state, deadlineAt } = deal;
  const states = statesOf(deal);
  const open = progressOf(state) === 'open';
  return (
    <section>
      {title && (
        <Text size="sm" fw={560} mb="xs">
          {title}
        </Text>
      )}
      <ol className="deal-line">
        {states.map((step, n) => (
          <li
            key={`${step.state} ${step.at}`}
            className="deal-step"
            data-before-next={(open && n === states.length - 1) || undefined}
            aria-current={n === states.length - 1 ? 'step' : undefined}
          >
            <div className="deal-dot">
              <StateIcon state={n === states.length - 1 ? step.state : 'delivered'} />
            </div>
            <Text size="sm" fw={n === states.length - 1 ? 600 : 450}>
              {stateText(deal, step.state)}
            </Text>
            <Text size="xs" c="dimmed" className="souk-number">
              {timeText(step.at)}
              {step.times > 1 && ` · ${t('deals.times', { count: step.times })}`}
            </Text>
          </li>
        ))}
        {open && (
          <li className="deal-step">
            <Text component="div" className="deal-dot" c="dimmed">
              <IconCircleDashed size={17} aria-hidden />
            </Text>
            <Text size="sm" c="dimmed">
              {t('deals.next')}
            </Text>
            <Text size="xs" c="dimmed" className="souk-number">
              {t('deals.next.latest', { time: timeText(deadlineAt) })}
            </Text>
          </li>
        )}
      </ol>
      <Text size="sm" mt="sm">
        {t(`deals.${open ? 'next' : 'end'}.${side}.${shownState(deal)}`, {}, '')}
      </Text>
    </section>
  );
}
