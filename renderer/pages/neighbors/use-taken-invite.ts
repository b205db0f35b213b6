import { type DragEvent, useState } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { inviteInFile } from './invite-file.ts';
import { inviteFileBytesMax } from './invite-text.ts';

/**
 * The ways in which an invite comes to a field besides being pasted: as a file that is chosen or dropped, a text or
 * a picture of its code, and as a text that is dropped. `problem` says what was wrong with the last file.
 */
export function useTakenInvite(onText: (text: string) => void) {
  const t = useTexts();
  const [problem, setProblem] = useState<string>();
  const [over, setOver] = useState(false);
  const set = (text: string) => {
    setProblem(undefined);
    onText(text);
  };
  const takeFile = async (file: File | null | undefined) => {
    if (!file) return;
    const found = await inviteInFile(file);
    if (found.ok) set(found.value);
    else setProblem(t(found.error));
  };
  const place = {
    className: 'souk-invite-field',
    'data-over': over || undefined,
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const text = event.dataTransfer.getData('text/plain');
      if (text !== '') set(text.slice(0, inviteFileBytesMax));
      else void takeFile(event.dataTransfer.files.item(0));
    },
  };
  return { set, takeFile, place, problem };
}

/** What a dialog for such a file shows. */
export const inviteFileTypes = 'text/plain,image/*,.souk';
