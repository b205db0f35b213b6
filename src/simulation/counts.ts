/** What has happened so far in a world, in numbers. */
export class WorldCounts {
  inputs = 0;
  /** Requests, lines of streamed answers and answers that were delivered. */
  messages = 0;
  crashes = 0;
  diskFailures = 0;
  /** Requests and answers that a fault or a parted network kept from arriving. */
  lost = 0;
  /** Requests that arrived twice. */
  repeated = 0;
  retrievals = 0;
  retrievedBytes = 0;
}
