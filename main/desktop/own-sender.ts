import type { IpcMainInvokeEvent, WebContents } from 'electron';
import type { IpcSender } from '../bridge/ipc-channels.ts';
import { isOwnPage } from './external-links.ts';

/** The page that calls, where it is the main frame of our own window and shows our own page. */
export function ownSender(
  event: IpcMainInvokeEvent,
  own: WebContents | undefined,
): IpcSender | undefined {
  const { sender, senderFrame } = event;
  if (own === undefined || sender !== own) return undefined;
  if (senderFrame === null || senderFrame.parent !== null) return undefined;
  if (!isOwnPage(senderFrame.url)) return undefined;
  return {
    id: sender.id,
    onGone: (listener) => {
      const gone = () => {
        sender.off('destroyed', gone);
        sender.off('render-process-gone', gone);
        sender.off('did-navigate', gone);
        listener();
      };
      sender.on('destroyed', gone);
      sender.on('render-process-gone', gone);
      sender.on('did-navigate', gone);
    },
  };
}
