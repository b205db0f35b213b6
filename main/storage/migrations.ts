import type { DatabaseSync } from 'node:sqlite';
import { logTable, quoted } from './sqlite-names.ts';

/** One step of a database's layout. Versions begin at 1 and rise by one. */
export interface Migration {
  readonly version: number;
  readonly description: string;
  /** Runs in a transaction of its own, which also notes the version. */
  readonly migrate: (database: DatabaseSync) => void;
}

/** 'Souk' as four bytes: tells the file from other programs' databases. */
const applicationId = 0x536f756b;
const log = quoted(logTable);

/**
 * The layout of `souk.db`. Tables of collections are not named here: they are made, and laid out anew
 * when a key or an index changes, where they are used. What changes inside of records is migrated here.
 */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    description: 'Records by collection, one table each',
    migrate: (database) => database.exec(`PRAGMA application_id = ${applicationId}`),
  },
  {
    version: 2,
    description: 'A log of changes that the tables are told of later',
    migrate: (database) =>
      database.exec(`CREATE TABLE ${log} (n INTEGER PRIMARY KEY, changes TEXT NOT NULL)`),
  },
];
