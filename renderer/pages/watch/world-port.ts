import type { WatchFrame } from './scene.ts';
import type { WorldPort } from './watched-world.ts';

/** The world in a worker of the page: however busy it is, the page stays awake. */
export function openWorld(): WorldPort {
  const worker = new Worker(new URL('./world-worker.ts', import.meta.url), { type: 'module' });
  return {
    send: (order) => worker.postMessage(order),
    onFrame: (take) => {
      worker.onmessage = ({ data }: MessageEvent<WatchFrame>) => take(data);
    },
    onBroken: (take) => {
      worker.onerror = ({ message }) => take(message);
    },
    close: () => worker.terminate(),
  };
}
