import type { Logger } from 'pino';
import type { LibraryService } from '../library/index.ts';
import type { PeerSettings } from '../storage/index.ts';

/** The settings say what is shared; the index, which can be made anew, follows. A missing folder is told, not forgotten. */
export async function alignFolders(
  library: LibraryService,
  settings: PeerSettings,
  log: Logger,
): Promise<void> {
  const { folders } = settings.library;
  for (const { path } of library.folders()) {
    if (!folders.some((folder) => folder.path === path)) await library.unshare(path);
  }
  for (const folder of folders) {
    await library
      .share(folder.path, folder)
      .catch((error: unknown) => log.warn({ err: error }, `${folder.path} is not shared.`));
  }
}
