import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { MethodInput, MethodName } from '../../main/bridge/contract.ts';
import { type Answer, keyOf } from './answers.ts';
import { useAnswers } from './use-answer.ts';

/**
 * The answers to several questions of one method, as to the pages of a long list. Only those that `watched`
 * names are kept fresh; of the others the last answer is given, where there is one.
 */
export function useAnswerPages<M extends MethodName>(
  method: M,
  inputs: readonly MethodInput<M>[],
  watched: (index: number) => boolean = () => true,
): readonly (Answer<M> | undefined)[] {
  const answers = useAnswers();
  const fresh = inputs.filter((_, index) => watched(index));
  const asked = fresh.map((input) => keyOf(method, input)).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for method and inputs
  useEffect(() => {
    const ends = fresh.map((input) => answers.watch(method, input));
    return () => {
      for (const end of ends) end();
    };
  }, [answers, asked]);
  return useStore(
    answers.store,
    useShallow((all) => inputs.map((input) => all[keyOf(method, input)] as Answer<M> | undefined)),
  );
}
