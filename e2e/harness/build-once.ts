import { buildPage } from '../../main/ui/index.ts';

/** Before all files, which run side by side: the screen and the desktop program, where they are not the newest. */
export async function setup(): Promise<void> {
  await buildPage(console.log);
}
