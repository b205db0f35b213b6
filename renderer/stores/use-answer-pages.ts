import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { MethodInput, MethodName } from '../../main/bridge/contract.ts';
import { type Answer, keyOf } from './answers.ts';
import { useAnswers } from './use-answer.ts';

/** The answers to several questions of one method, as to the pages of a long list: all are kept fresh. */
export function useAnswerPages<M extends MethodName>(
  method: M,
  inputs: readonly MethodInput<M>[],
): readonly (Answer<M> | undefined)[] {
  const answers = useAnswers();
  const keys = inputs.map((input) => keyOf(method, input));
  const fresh = new Map(inputs.map((input, index) => [keys[index] ?? '', input]));
  const watching = useRef<Map<string, () => void>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for method and inputs
  useEffect(() => {
    const before = watching.current;
    // What is looked at on is not let go: it would have to be asked again.
    for (const [key, input] of fresh) {
      if (!before.has(key)) before.set(key, answers.watch(method, input));
    }
    for (const [key, end] of before) {
      if (fresh.has(key)) continue;
      before.delete(key);
      end();
    }
  }, [answers, keys.join('\n')]);
  useEffect(() => {
    const left = watching.current;
    return () => {
      for (const end of left.values()) end();
      left.clear();
    };
  }, []);
  return useStore(
    answers.store,
    useShallow((all) => keys.map((key) => all[key] as Answer<M> | undefined)),
  );
}
