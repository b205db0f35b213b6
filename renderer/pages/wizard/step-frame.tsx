import { Button, Group, Stack } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { go, useRoute } from '../../app/route.ts';
import { useTexts } from '../../i18n/index.ts';
import { StepHead } from './step-head.tsx';
import { stepAfter, stepBefore, stepOf } from './steps.ts';

interface StepFrameProps {
  readonly title: string;
  readonly text: string;
  /** Whether something was done here: else the way on is called what it is, to skip. */
  readonly done: boolean;
  readonly busy?: boolean;
  /** Done before the next step comes; false keeps the person here. */
  readonly onNext?: () => Promise<boolean>;
  readonly children: ReactNode;
}

/** One of the first steps, with the ways back and on. Enter goes on. */
export function StepFrame({ title, text, done, busy = false, onNext, children }: StepFrameProps) {
  const t = useTexts();
  const step = stepOf(useRoute().part);
  const next = async () => {
    if (onNext && !(await onNext())) return;
    go('wizard', stepAfter(step));
  };
  return (
    <Stack gap="lg" className="souk-wizard-panel">
      <StepHead title={title} text={text} />
      {children}
      <Group justify="space-between" className="souk-wizard-ways">
        <Button
          variant="subtle"
          leftSection={<IconArrowLeft size={17} />}
          onClick={() => go('wizard', stepBefore(step))}
        >
          {t('wizard.back')}
        </Button>
        <Button
          variant={done ? 'filled' : 'default'}
          loading={busy}
          rightSection={<IconArrowRight size={17} />}
          onClick={() => void next()}
        >
          {t(done ? 'wizard.next' : 'wizard.skip')}
        </Button>
      </Group>
    </Stack>
  );
}
