export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A Monday. Three weeks follow it: two from which the guard learns, and one that is judged. */
export const firstDay = Date.parse("2030-01-07T00:00:00Z");
export const judgedWeek = firstDay + 14 * day;

export const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
export type Weekday = (typeof weekdays)[number];

export function dayInJudgedWeek(weekday: Weekday): number {
  return judgedWeek + weekdays.indexOf(weekday) * day;
}
