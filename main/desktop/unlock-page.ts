import { randomBytes } from 'node:crypto';
import type { Entered } from './passphrase.ts';
import type { Texts } from './texts/index.ts';

export type UnlockReason = 'sealed' | 'wrong' | 'new';
export const passphraseCharactersMin = 8;
const bodyBytesMax = 8_192;

export interface UnlockView {
  readonly why: UnlockReason;
  /** A new passphrase that was too short, or not the same twice. */
  readonly refused: boolean;
  readonly rememberable: boolean;
}

/** A page of one form and no script at all: nothing but the person's keyboard reaches it. */
export function unlockPage({ why, refused, rememberable }: UnlockView, texts: Texts): Response {
  const nonce = randomBytes(18).toString('base64');
  const told = { sealed: 'unlock.text', wrong: 'unlock.wrong', new: 'unlock.new' } as const;
  const isNew = why === 'new';
  const field = (name: string, label: string, autofocus: boolean) =>
    `<label>${label}<input type="password" name="${name}" required maxlength="1000"` +
    ` autocomplete="off"${isNew ? ` minlength="${passphraseCharactersMin}"` : ''}` +
    `${autofocus ? ' autofocus' : ''}></label>`;
  const page = `<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>${texts('unlock.title')}</title><style nonce="${nonce}">${style}</style></head>
<body><form method="post" action="/"><h1>${texts('unlock.title')}</h1><p>${texts(told[why])}</p>
${refused ? `<p role="alert">${texts('unlock.new-short')}</p>` : ''}
${field('passphrase', texts('unlock.field'), true)}
${isNew ? field('again', texts('unlock.again'), false) : ''}
${rememberable ? `<label class="row"><input type="checkbox" name="remember" checked>${texts('unlock.remember')}</label>` : ''}
<button>${texts('unlock.open')}</button></form></body></html>`;
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });
}

/** What the form was sent with; undefined where it does not do. */
export async function readUnlockForm(
  request: Request,
  why: UnlockReason,
): Promise<Entered | undefined> {
  const text = await request.text();
  if (text.length > bodyBytesMax) return undefined;
  const form = new URLSearchParams(text);
  const passphrase = form.get('passphrase') ?? '';
  if (passphrase === '') return undefined;
  const short = [...passphrase].length < passphraseCharactersMin;
  if (why === 'new' && (short || form.get('again') !== passphrase)) return undefined;
  return { passphrase, remember: form.has('remember') };
}

const style = `
:root{font:15px system-ui,sans-serif;background:#faf9f7;color:#211f1c}
body{margin:0;padding:28px}form{display:grid;gap:14px}h1{font-size:19px;margin:0}p{margin:0;line-height:1.5}
label{display:grid;gap:4px;font-size:13px}.row{display:flex;align-items:center;gap:8px}
input[type=password]{font:inherit;padding:8px 10px;border:1px solid #8f8a82;border-radius:8px;background:#fff;color:inherit}
[role=alert]{color:#b3261e}
button{font:inherit;font-weight:600;padding:9px;border:0;border-radius:8px;background:#137265;color:#fff}
:focus-visible{outline:2px solid #137265;outline-offset:2px}
@media (prefers-color-scheme:dark){:root{background:#181715;color:#e6e3de}input[type=password]{background:#211f1c}
[role=alert]{color:#ffb4ab}}`;
