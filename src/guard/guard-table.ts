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
  /** Removes the partitions that stand before this one, and of one more partition the rows that stand before that one. */
  sweep(partition: string, rows: Pick<GuardRow, "partition" | "row">): Promise<void>;
}
