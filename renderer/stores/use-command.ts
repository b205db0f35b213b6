import { useCallback, useState } from 'react';
import type { MethodInput, MethodName, MethodOutput } from '../../main/bridge/contract.ts';
import type { Problem } from '../../src/problem.ts';
import type { Result } from '../../src/result.ts';
import { useConnection } from '../client/connection.ts';
import { tellProblem } from '../components/tell.ts';
import { useAnswers } from './use-answer.ts';

/**
 * Does something at the peer, once at a time. A refusal is told to the person, unless `quiet`, and given
 * back; what the screen shows is asked again in either case.
 */
export function useCommand<M extends MethodName>(
  method: M,
  options: { readonly quiet?: boolean } = {},
) {
  const { client } = useConnection();
  const answers = useAnswers();
  const [busy, setBusy] = useState(false);
  const quiet = options.quiet ?? false;
  const run = useCallback(
    async (input: MethodInput<M>): Promise<Result<MethodOutput<M>, Problem>> => {
      setBusy(true);
      const result = await client.call(method, input);
      setBusy(false);
      answers.refresh();
      if (!result.ok && !quiet) tellProblem(result.error);
      return result;
    },
    [client, answers, method, quiet],
  );
  return { run, busy };
}
