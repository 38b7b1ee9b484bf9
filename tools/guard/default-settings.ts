import type { GuardSettings } from "../../src/guard/guard-settings.ts";

export const defaultSettings: GuardSettings = {
  numberCodes: { hour: 8, day: 20 },
  userCodes: { hour: 10 },
  userNumbers: { day: 3 },
  rangeUnverified: { hour: 10 },
  countryUnverified: { hour: 20, day: 40 },
  countryBudget: new Map(),
  exemptRanges: [],
};
