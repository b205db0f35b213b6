import { Button, Group, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type ComponentType, useEffect, useRef } from 'react';
import { Mark } from '../../app/mark.tsx';
import { go, pathTo, useRoute } from '../../app/route.ts';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import { MoneyStep } from './money-step.tsx';
import { NeighborStep } from './neighbor-step.tsx';
import { ReadyStep } from './ready-step.tsx';
import { ShareStep } from './share-step.tsx';
import { type Step, stepOf, steps } from './steps.ts';
import { useFinish } from './use-finish.ts';
import { WelcomeStep } from './welcome-step.tsx';
import './wizard.css';
import { YouStep } from './you-step.tsx';

const views: Readonly<Record<Step, ComponentType>> = {
  welcome: WelcomeStep,
  you: YouStep,
  share: ShareStep,
  money: MoneyStep,
  neighbor: NeighborStep,
  ready: ReadyStep,
};

/** The first start: who one is, what one shares, which money one takes, and the first neighbor. */
export function Wizard() {
  const t = useTexts();
  const step = stepOf(useRoute().part);
  const { run } = useCommand('settings.set', { quiet: true });
  const { finish, busy } = useFinish();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    // The next start, or another window, goes on here.
    void run({ patch: { setup: { step } } });
    main.current?.scrollTo({ top: 0 });
    main.current?.querySelector<HTMLElement>('h1')?.focus();
  }, [run, step]);
  const View = views[step];
  return (
    <div className="souk-wizard">
      <header className="souk-wizard-head">
        <Group gap="sm" wrap="nowrap">
          <Mark />
          <Text fw={680} size="lg" lh={1}>
            Souk
          </Text>
        </Group>
        <Progress current={step} />
        <Button variant="subtle" size="xs" loading={busy} onClick={() => void finish()}>
          {t('wizard.leave')}
        </Button>
      </header>
      <main className="souk-wizard-body" ref={main} aria-label={t('wizard.title')}>
        <View key={step} />
      </main>
    </div>
  );
}

/** Where one is among the steps; each is a link, for none depends on another. */
function Progress({ current }: { readonly current: Step }) {
  const t = useTexts();
  const at = steps.indexOf(current);
  return (
    <nav aria-label={t('wizard.progress')} className="souk-wizard-progress">
      <ol>
        {steps.map((step, index) => (
          <li key={step} data-past={index < at || undefined}>
            <a
              href={pathTo('wizard', step)}
              aria-label={t(`wizard.step.${step}`)}
              title={t(`wizard.step.${step}`)}
              aria-current={step === current ? 'step' : undefined}
              onClick={(event) => {
                event.preventDefault();
                go('wizard', step);
              }}
            >
              <span className="souk-wizard-dot" aria-hidden="true">
                {index < at ? <IconCheck size={12} stroke={2.6} /> : index + 1}
              </span>
              <span className="souk-wizard-step">{t(`wizard.step.${step}`)}</span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
