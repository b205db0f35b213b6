import type { HandlerOutput, MethodName } from '../contract.ts';
import { type Handlers, refuse } from '../handler.ts';
import type { BridgeDemo, Place } from '../peer-port.ts';

export const demoHandlers: Handlers<Extract<MethodName, `demo.${string}`>> = {
  'demo.status': ({ program }) => program.demo?.status() ?? nowhere,
  'demo.start': (place) => {
    const demo = demoOf(place);
    demo.start();
    return demo.status();
  },
  'demo.remove': (place) => {
    const demo = demoOf(place);
    demo.remove();
    return demo.status();
  },
};

const nowhere: HandlerOutput<'demo.status'> = {
  available: false,
  state: 'off',
  stepsDone: 0,
  stepsTotal: 0,
  neighbors: [],
  tradesDone: 0,
  tradesPlanned: 0,
};

function demoOf({ program }: Place): BridgeDemo {
  if (program.demo?.status().available) return program.demo;
  return refuse(
    'unavailable',
    'The demo market comes with the sources of Souk: start Souk from a checkout of them.',
  );
}
