/** A row of the table, which one instance writes. */
export interface GuardRow {
  readonly partition: string;
  readonly row: string;
  /** JSON. */
  readonly counts: string;
}

/** Every call may throw. */
export interface GuardTable {
  /** Overwrites. */
  put(row: GuardRow): Promise<void>;
  /** All rows of a partition. */
  read(partition: string): Promise<readonly GuardRow[]>;
  /** Removes the partitions before that one, and in each of `inPartitions` the rows before `row`. */
  sweep(partition: string, inPartitions: readonly string[], row: string): Promise<void>;
}
