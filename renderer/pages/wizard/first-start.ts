import { useEffect, useState } from 'react';
import { go } from '../../app/route.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { firstStepOf } from './first-step.ts';

/** Leads to the first steps once, when the page is opened. False until that is decided. */
export function useFirstStart(): boolean {
  const settings = useAnswer('settings.get', {});
  const status = useAnswer('peer.status', {});
  const [decided, setDecided] = useState(false);
  useEffect(() => {
    if (decided) return;
    if (settings.problem || status.problem) return setDecided(true);
    if (!settings.data || !status.data) return;
    const step = firstStepOf(settings.data, status.data);
    if (step !== undefined) go('wizard', step);
    setDecided(true);
  }, [decided, settings, status]);
  return decided;
}
