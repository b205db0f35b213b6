/**
 * The address to hand to the person's browser; undefined for what is not a plain https address. Other
 * schemes start programs (`file:`, `smb:`, `ms-msdt:`), and a name before the host hides where it leads.
 */
export function externalAddress(text: string): string | undefined {
  if (text.length > 2_048 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = url.protocol === 'https:' && url.username === '' && url.password === '';
  return plain ? url.href : undefined;
}

export const pageOrigin = 'app://souk';

/** Whether an address is a page of ours. Node gives schemes of one's own no origin: the parts are compared. */
export function isOwnPage(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host, username, password } = new URL(text);
  return `${protocol}//${host}` === pageOrigin && username === '' && password === '';
}

/** Whether a page of ours may go there: to itself only, as a form does that is sent. */
export function mayNavigate(from: string, to: string): boolean {
  if (!URL.canParse(from) || !URL.canParse(to)) return false;
  const [here, there] = [new URL(from), new URL(to)];
  const ours = here.protocol === 'app:' && there.protocol === 'app:' && here.host === there.host;
  return ours && there.pathname === '/' && here.pathname === '/' && there.username === '';
}
