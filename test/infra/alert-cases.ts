import { abuseCases } from "./alert-cases/abuse.ts";
import { guardCases } from "./alert-cases/guard.ts";
import { codesCases } from "./alert-cases/codes.ts";
import { type Ours, operationsCases } from "./alert-cases/operations.ts";
import { reportCases } from "./alert-cases/reports.ts";
import { telemetryCases } from "./alert-cases/telemetry.ts";
import type { Tables } from "./kql-run.ts";

/**
 * By an alert's name: telemetry on which it fires, and telemetry, as near to that as can be, on
 * which it is quiet.
 */
export type AlertCases = Readonly<Record<string, { readonly fires: Cases; readonly quiet: Cases }>>;
type Cases = Readonly<Record<string, Tables>>;

/** Megabytes of an environment's daily cap, in percent. */
export type Cap = (percent: number) => number;

/** @param ours What an environment's telemetry is told apart by. */
export const casesOf = (cap: Cap, ours: Ours): AlertCases => ({
  ...codesCases,
  ...abuseCases,
  ...guardCases,
  ...operationsCases(ours),
  ...reportCases,
  ...telemetryCases(cap),
});
