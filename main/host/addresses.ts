import { networkInterfaces } from 'node:os';

/** The endpoint that others are told where a person named none: the address listened on, or this machine's first. */
export function endpointOn(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const address = everywhere ? (firstAddress() ?? '127.0.0.1') : host;
  return `https://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function firstAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}
