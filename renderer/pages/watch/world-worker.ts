// First: schemas ask when they are made whether they may turn themselves into code.
import '../../app/no-eval.ts';
import type { WatchOrder } from './scene.ts';
import { Stage } from './stage.ts';

/** The worker in which the market to watch lives: one frame for each order. */
let stage: Stage | undefined;

self.onmessage = ({ data }: MessageEvent<WatchOrder>) => {
  if (data.kind === 'begin') stage = new Stage(data.plan);
  if (!stage) return;
  if (data.kind === 'pass') stage.pass(data.ms);
  if (data.kind === 'step') stage.step();
  self.postMessage(stage.frame());
};
