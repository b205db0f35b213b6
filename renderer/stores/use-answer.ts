import { createContext, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import type { MethodInput, MethodName } from '../../main/bridge/contract.ts';
import { type Answer, type Answers, keyOf } from './answers.ts';

export const AnswersContext = createContext<Answers | undefined>(undefined);

export function useAnswers(): Answers {
  const answers = useContext(AnswersContext);
  if (!answers) throw new Error('There are no answers above this component.');
  return answers;
}

/** A method's answer, kept fresh while the component is on the screen; none where there is nothing to be asked. */
export function useAnswer<M extends MethodName>(
  method: M,
  input: MethodInput<M> | undefined,
): Answer<M> {
  const answers = useAnswers();
  const key = input === undefined ? undefined : keyOf(method, input);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for method and input
  useEffect(() => (input === undefined ? undefined : answers.watch(method, input)), [answers, key]);
  const answer = useStore(answers.store, (all) => (key === undefined ? undefined : all[key]));
  return (answer ?? { loading: key !== undefined }) as Answer<M>;
}
