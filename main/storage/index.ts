export { type BackupReport, backupTo } from './backup.ts';
export { type DataDirectory, openDataDirectory } from './data-directory.ts';
export { fileNames } from './file-names.ts';
export type { Migration } from './migrations.ts';
export { NeighborsFile } from './neighbors-file.ts';
export { holdsRecords, openDatabase } from './open-database.ts';
export { restoreFrom } from './restore.ts';
export {
  type PeerSettings,
  peerSettings,
  SettingsFile,
  type SharedFolder,
} from './settings-file.ts';
export { SqliteStore } from './sqlite-store.ts';
