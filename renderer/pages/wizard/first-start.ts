import { useEffect, useState } from 'react';
import { go } from '../../app/route.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { firstStepOf } from './first-step.ts';

/** Leads to the first steps once, when the page is opened. False until that is decided. */
export function useFirstStart(): boolean {
  const settings = useAnswer('settings.get', {});
  const status = useAnswer('peer.status', {});
  const demo = useAnswer('demo.status', {});
  const [decided, setDecided] = useState(false);
  useEffect(() => {
    if (decided) return;
    if (settings.problem || status.problem) return setDecided(true);
    if (!settings.data || !status.data || (!demo.data && !demo.problem)) return;
    // Who asked for the demo market is to see it, not to be asked whether to try it.
    if (demo.data && demo.data.state !== 'off') return setDecided(true);
    const step = firstStepOf(settings.data, status.data);
    if (step !== undefined) go('wizard', step);
    setDecided(true);
  }, [decided, settings, status, demo]);
  return decided;
}
