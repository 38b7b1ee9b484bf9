import { groups, type Group } from "./guarded-code.ts";

/** Under which keys places are counted; a place is a range or a country. */
export const placeKeys = {
  enrollments: (place: string) => `enrollments ${place}`,
  ofGroup: (group: Group, place: string) => `${group} ${place}`,
  ofGroups: (place: string) => groups.map((group) => `${group} ${place}`),
  /** Codes to exempt ranges, which no limit but a budget is about. */
  exempt: (country: string) => `exempt ${country}`,
  /** Enrollments of all countries in which nobody is known. */
  unplanned: "unplanned",
};
