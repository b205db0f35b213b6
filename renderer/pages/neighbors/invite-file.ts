import { fail, ok, type Result } from '../../../src/result.ts';
import type { TextKey } from '../../i18n/index.ts';
import { inviteFileBytesMax } from './invite-text.ts';

/** What some browsers bring to read codes in pictures; not every one does. */
interface CodeReader {
  detect(image: ImageBitmap): Promise<readonly { readonly rawValue: string }[]>;
}
type CodeReaderClass = new (options: { readonly formats: readonly string[] }) => CodeReader;

/** The invite in a file: its text, or the code in a picture where this browser can read one. */
export async function inviteInFile(file: File): Promise<Result<string, TextKey>> {
  if (file.type.startsWith('image/')) return await inviteInPicture(file);
  if (file.size > inviteFileBytesMax) return fail('invite.file.too-large');
  return ok((await file.text()).trim());
}

async function inviteInPicture(file: File): Promise<Result<string, TextKey>> {
  const Reader = Reflect.get(window, 'BarcodeDetector') as CodeReaderClass | undefined;
  if (!Reader) return fail('invite.file.no-reader');
  try {
    const found = await new Reader({ formats: ['qr_code'] }).detect(await createImageBitmap(file));
    const text = found[0]?.rawValue;
    return text === undefined ? fail('invite.file.no-code') : ok(text);
  } catch {
    return fail('invite.file.no-code');
  }
}
