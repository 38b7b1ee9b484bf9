import { abuseCases } from "./alert-cases/abuse.ts";
import { guardCases } from "./alert-cases/guard.ts";
import { codesCases } from "./alert-cases/codes.ts";
import { type Ours, operationsCases } from "./alert-cases/operations.ts";
import { reportCases } from "./alert-cases/reports.ts";
import { telemetryCases } from "./alert-cases/telemetry.ts";
import type { Tables } from "./kql-run.ts";

/** By alert: telemetry on which it fires, and telemetry close to that on which it stays quiet. */
export type AlertCases = Readonly<Record<string, { readonly fires: Cases; readonly quiet: Cases }>>;
type Cases = Readonly<Record<string, Tables>>;

/** Megabytes for this percentage of an environment's daily cap. */
export type Cap = (percent: number) => number;

/** @param ours Resource ids that separate an environment's telemetry from others'. */
export const casesOf = (cap: Cap, ours: Ours): AlertCases => ({
  ...codesCases,
  ...abuseCases,
  ...guardCases,
  ...operationsCases(ours),
  ...reportCases,
  ...telemetryCases(cap),
});
