/** What has happened so far in a world, in numbers. */
export class WorldCounts {
  inputs = 0;
  /** Requests, lines of streamed answers and answers that were delivered. */
  messages = 0;
  crashes = 0;
  diskFailures = 0;
  retrievals = 0;
  retrievedBytes = 0;
}
