import type { DatabaseSync } from 'node:sqlite';
import { createKeyFile, keyFileState, NodeSigner, readKeyFile } from '../network/index.ts';
import {
  type DataDirectory,
  holdsRecords,
  NeighborsFile,
  openDatabase,
  openDataDirectory,
  SettingsFile,
  SqliteStore,
} from '../storage/index.ts';
import { allInOrder } from './all-in-order.ts';

/** What a peer has on the disk, opened and held by this process. */
export interface OpenState {
  readonly directory: DataDirectory;
  readonly signer: NodeSigner;
  readonly settings: SettingsFile;
  readonly neighbors: NeighborsFile;
  readonly store: SqliteStore;
  close(): Promise<void>;
}

interface OpenOptions {
  readonly dataDirectory: string;
  /** Opens the key file, or seals a new one; without it a new key is kept plainly. */
  readonly passphrase?: string;
  onFault(error: unknown): void;
}

/**
 * Opens a data directory, or makes a new one with a new key. Throws a SoukError that says what to do where
 * it is locked, damaged, without its key, from a newer version or sealed with another passphrase; then nothing was changed.
 */
export async function openState({
  dataDirectory,
  passphrase,
  onFault,
}: OpenOptions): Promise<OpenState> {
  const directory = openDataDirectory(dataDirectory);
  let database: DatabaseSync | undefined;
  try {
    const settings = await SettingsFile.open(directory.file('settings'));
    const neighbors = await NeighborsFile.open(directory.file('neighbors'), onFault);
    const keyFile = directory.file('key');
    database = openDatabase(directory.file('database'));
    // Books without their key are no new peer's: another key would begin with deals and money that are not its own.
    const isNew = (await keyFileState(keyFile)) === 'absent' && !holdsRecords(database);
    const keyPair = await (isNew
      ? createKeyFile(keyFile, passphrase)
      : readKeyFile(keyFile, passphrase));
    const opened = database;
    const store = new SqliteStore(opened);
    return {
      directory,
      signer: new NodeSigner(keyPair),
      settings,
      neighbors,
      store,
      close: () =>
        allInOrder(
          () => neighbors.flush(),
          () => store.close(),
          () => opened.close(),
          () => directory.close(),
        ),
    };
  } catch (error) {
    database?.close();
    directory.close();
    throw error;
  }
}
