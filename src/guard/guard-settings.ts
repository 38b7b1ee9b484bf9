/** How many are allowed in a sliding hour and in a sliding day; undefined: no limit. */
export interface Limits {
  readonly hour?: number | undefined;
  readonly day?: number | undefined;
}

export interface GuardSettings {
  /** Enrollment codes to one number: unused ones in an hour, all in a day. */
  readonly numberEnrollments: Limits;
  /** Codes of one person, sign-in and recovery apart: unused ones in an hour, all in a day. */
  readonly userCodes: Limits;
  /** Unfinished enrollments. Completed ones offset them, and the usual use of a range or country raises the limit. */
  readonly rangeUnfinished: Limits;
  readonly countryUnfinished: Limits;
  /** Codes a day by country, or by calling code with `+`; `*` is for each country without one. Empty: no budgets. */
  readonly countryBudget: ReadonlyMap<string, number>;
  /** Beginnings of numbers that are never refused, with `+`. One that is longer than a range stands for the whole range. */
  readonly exemptRanges: readonly string[];
}
