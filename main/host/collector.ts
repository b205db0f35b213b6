import { versions } from 'node:process';
import { setFlagsFromString } from 'node:v8';

/**
 * Has the engine's collector count the buffers of the network as part of its heap. By itself V8 13 collects the
 * whole heap anew for each 64 MiB that came in, however small that is: some 30 times for a document of 1 GiB.
 */
export function countBuffersAsHeap(): void {
  // Another version may not know this flag, and would say so on the terminal.
  if (versions.v8.startsWith('13.')) {
    setFlagsFromString('--external-memory-accounted-in-global-limit');
  }
}
