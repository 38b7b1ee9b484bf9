/** A row of the table: an hour, or `verified`, then who wrote it, then its part of what is told, as JSON. */
export interface GuardRow {
  readonly partition: string;
  readonly row: string;
  readonly counts: string;
}

/** Every call may throw. */
export interface GuardTable {
  /** Overwrites. */
  put(row: GuardRow): Promise<void>;
  /** All rows of a partition. */
  read(partition: string): Promise<readonly GuardRow[]>;
  /** Removes the hours before this one, and of the partition `verified` the days before that one. */
  sweep(hour: string, day: string): Promise<void>;
}
