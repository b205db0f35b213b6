import type { BridgeClient } from './client.ts';
import { type EventFrame, eventFrame } from './contract.ts';
import { parseOutput } from './parse-output.ts';
import type { Router } from './router.ts';

/** A client in the same program as its peer. What passes is copied as JSON, as on every other way. */
export function memoryClient(router: Pick<Router, 'call' | 'listen'>): BridgeClient {
  const ends = new Set<() => void>();
  return {
    call: async (method, input) => {
      const answer = await router.call(method, copy(input));
      if (!answer.ok) return answer;
      return parseOutput(method, copy(answer.value));
    },
    listen: async (listener, onState) => {
      const tell = (frame: EventFrame) => listener(eventFrame.parse(copy(frame)));
      const end = router.listen(undefined, tell);
      ends.add(end);
      onState?.('open');
      return () => {
        ends.delete(end);
        end();
      };
    },
    close: () => {
      for (const end of ends) end();
      ends.clear();
    },
  };
}

function copy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
