import { Button, Group, Progress, Text } from '@mantine/core';
import { IconBuildingStore } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Question } from '../components/question.tsx';
import { tellProblem } from '../components/tell.ts';
import { useTexts } from '../i18n/index.ts';
import { useAnswer, useAnswers } from '../stores/use-answer.ts';
import { useCommand } from '../stores/use-command.ts';

const lookAgainMs = 1_000;

/** Says on every page that the market is a simulated one, how far it is, and how it goes away. */
export function DemoBanner() {
  const t = useTexts();
  const demo = useDemo();
  const state = demo?.state ?? 'off';
  if (!demo || state === 'off') return null;
  return (
    <section className="souk-demo" aria-label={t('demo.label')}>
      <Group gap="sm" wrap="nowrap" miw={0} flex={1}>
        <IconBuildingStore size={18} stroke={1.7} style={{ flex: 'none' }} />
        <Text size="sm" fw={560} role="status" style={{ whiteSpace: 'nowrap' }}>
          {t(`demo.${state}`)}
        </Text>
        {state === 'running' && (
          <Text size="sm" className="souk-demo-more" truncate>
            {t(demo.tradesDone < demo.tradesPlanned ? 'demo.trading' : 'demo.quiet', {
              done: demo.tradesDone,
              planned: demo.tradesPlanned,
            })}
          </Text>
        )}
        {state === 'starting' && (
          <Progress
            w={120}
            size="sm"
            aria-label={t('demo.starting')}
            animated
            value={(100 * Math.max(1, demo.stepsDone)) / Math.max(1, demo.stepsTotal)}
          />
        )}
      </Group>
      <Remove removing={state === 'removing'} />
    </section>
  );
}

/** How the demo market stands: asked again while it changes by itself, its trouble told once. */
function useDemo() {
  const answers = useAnswers();
  const demo = useAnswer('demo.status', {}).data;
  const state = demo?.state ?? 'off';
  const moving =
    state !== 'off' && !(state === 'running' && demo?.tradesDone === demo?.tradesPlanned);
  useEffect(() => {
    if (!moving) return;
    const timer = window.setInterval(() => answers.refresh(['demo.status']), lookAgainMs);
    return () => window.clearInterval(timer);
  }, [answers, moving]);
  const problem = demo?.problem;
  const told = problem && `${problem.code} ${problem.detail}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the problem
  useEffect(() => {
    if (problem) tellProblem(problem);
  }, [told]);
  return demo;
}

function Remove({ removing }: { readonly removing: boolean }) {
  const t = useTexts();
  const [asking, setAsking] = useState(false);
  const remove = useCommand('demo.remove');
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        disabled={removing}
        onClick={() => setAsking(true)}
      >
        {t('demo.remove')}
      </Button>
      <Question
        opened={asking}
        title={t('demo.remove.question')}
        action={t('demo.remove')}
        busy={remove.busy}
        onClose={() => setAsking(false)}
        onGo={async () => {
          await remove.run({});
          setAsking(false);
        }}
      >
        <Text size="sm">{t('demo.remove.text')}</Text>
      </Question>
    </>
  );
}
