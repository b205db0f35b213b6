import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './command.ts';

/** A bar for a person at a terminal; for everybody else there is none. */
export interface Bar {
  show(done: number, total: number, label: string): void;
  end(): void;
}

const noBar: Bar = { show: () => undefined, end: () => undefined };

export function barFor(terminal: Terminal, json: boolean): Bar {
  if (!terminal.interactive || json) return noBar;
  const bar = new SingleBar(
    { format: '{bar} {percentage}%  {label}', hideCursor: true, stream: terminal.stderr },
    Presets.shades_classic,
  );
  let started = false;
  return {
    show: (done, total, label) => {
      if (started) {
        bar.setTotal(Math.max(total, 1));
        bar.update(done, { label });
      } else {
        bar.start(Math.max(total, 1), done, { label });
      }
      started = true;
    },
    end: () => {
      if (started) bar.stop();
    },
  };
}
