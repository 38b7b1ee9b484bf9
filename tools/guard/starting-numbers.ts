import type { CountryNumbers } from "../../src/guard/guarded-code.ts";

/** The limits of src/guard/rows.ts, as an operator writes them for a country. */
export const startingNumbers = {
  enrollments: { day: 40 },
  recoveries: { day: 40 },
  others: { day: 1_000, all: 10_000 },
  calls: 1_000,
} satisfies CountryNumbers;
