import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopPort, Wanted } from '../../renderer/client/desktop-port.ts';
import { ipcClient } from '../bridge/ipc-client.ts';
import { desktopChannels } from './desktop-channels.ts';

/** An invite is a few kilobytes; what is larger is none. */
const droppedBytesMax = 64 * 1024;

/** Asks the desktop; the page's objects cross as JSON text, nothing of Electron crosses at all. */
async function ask<N extends keyof DesktopPort>(
  name: N,
  ...args: unknown[]
): Promise<Awaited<ReturnType<DesktopPort[N]>>> {
  const text = await ipcRenderer.invoke(desktopChannels.ask, name, JSON.stringify(args));
  const answer = JSON.parse(String(text));
  if (!answer.ok) throw new Error(answer.error.detail);
  return answer.value;
}

const listeners = new Set<(wanted: Wanted) => void>();

const desktop: DesktopPort = {
  chooseFolder: (title) => ask('chooseFolder', title),
  chooseSaveFile: (title, suggestedName) => ask('chooseSaveFile', title, suggestedName),
  shareFolder: (token, include, exclude) => ask('shareFolder', token, include, exclude),
  setDownloadFolder: (token) => ask('setDownloadFolder', token),
  backup: (token) => ask('backup', token),
  openDownload: (deal) => ask('openDownload', deal),
  showDownload: (deal) => ask('showDownload', deal),
  onWanted: (listener) => {
    listeners.add(listener);
    void ipcRenderer.invoke(desktopChannels.ask, 'listening', '[]');
    return () => listeners.delete(listener);
  },
  preferences: () => ask('preferences'),
  setPreferences: (change) => ask('setPreferences', change),
  showPassphrase: () => ask('showPassphrase'),
  checkForUpdates: () => ask('checkForUpdates'),
};

ipcRenderer.on(desktopChannels.wanted, (_event, wanted: Wanted) => {
  for (const listener of listeners) listener(wanted);
});

contextBridge.exposeInMainWorld('souk', { client: ipcClient(ipcRenderer), desktop });

/** A file dropped on the window is read here, and only where it is named as an invite. */
window.addEventListener('dragover', (event) => event.preventDefault());
window.addEventListener('drop', (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (!file?.name.toLowerCase().endsWith('.souk') || file.size > droppedBytesMax) return;
  void file
    .text()
    .then((text) => ipcRenderer.invoke(desktopChannels.ask, 'dropped', JSON.stringify([text])));
});
