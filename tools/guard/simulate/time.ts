export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export interface Time {
  readonly from: number;
  readonly until: number;
}

/** The first judged day: a Wednesday, so that working days come first. */
export const today = Date.parse("2030-01-23T00:00:00Z");
/** The Monday after it. */
export const monday = today + 5 * day;
/** Counts begin empty here. */
export const warmUp = today - 2 * day;
/** Two other weeks, from which numbers are suggested. */
export const history: Time = { from: today - 21 * day, until: today - 7 * day };
