/**
 * Where a worker's code is: beside the code that starts it, as TypeScript where Souk runs from its source,
 * as an entry of its own where it was bundled. `starter` is the `import.meta.url` of who starts it.
 */
export function workerUrl(name: string, starter: string): string {
  return new URL(`./${name}.${starter.endsWith('.ts') ? 'ts' : 'js'}`, starter).href;
}
