import { useCallback } from 'react';
import { go } from '../../app/route.ts';
import { useCommand } from '../../stores/use-command.ts';
import { forgetDrafts } from './use-draft.ts';

/** Ends the first steps for good, and goes where the person wants to begin. */
export function useFinish() {
  const { run, busy } = useCommand('settings.set');
  const finish = useCallback(
    async (page = 'search') => {
      const kept = await run({ patch: { setup: { done: true, step: null } } });
      if (!kept.ok) return;
      forgetDrafts();
      go(page);
    },
    [run],
  );
  return { finish, busy };
}
