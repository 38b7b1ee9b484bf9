export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export interface Time {
  readonly from: number;
  readonly until: number;
}

/** The first judged day. It is a Wednesday, so working days come first. */
export const today = Date.parse("2030-01-23T00:00:00Z");
/** The Monday after `today`. */
export const monday = today + 5 * day;
/** The start of a run, with empty counts. */
export const warmUp = today - 2 * day;
/** Two earlier weeks, from which limits are suggested. */
export const history: Time = { from: today - 21 * day, until: today - 7 * day };
