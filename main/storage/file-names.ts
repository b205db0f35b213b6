/** What stands in a data directory. */
export const fileNames = {
  database: 'souk.db',
  /** The index of the shared folders: it can be made again from them. */
  library: 'library.db',
  key: 'key.json',
  settings: 'settings.json',
  neighbors: 'neighbors.json',
  downloads: 'downloads',
  /** Copies of documents that were bought for others (§3, concealment). */
  kept: 'kept',
  /** Documents that were bought against their key, still encrypted. */
  sealed: 'sealed',
  lock: 'lock.db',
  lockHolder: 'lock.pid',
} as const;
