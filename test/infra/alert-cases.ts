import { abuseCases } from "./alert-cases/abuse.ts";
import { guardCases } from "./alert-cases/guard.ts";
import { codesCases } from "./alert-cases/codes.ts";
import { type Ours, operationsCases } from "./alert-cases/operations.ts";
import { reportCases } from "./alert-cases/reports.ts";
import { telemetryCases } from "./alert-cases/telemetry.ts";
import type { Tables } from "./kql-run.ts";

/** Telemetry with which each alert fires, and similar telemetry with which it stays quiet. */
export type AlertCases = Readonly<Record<string, { readonly fires: Cases; readonly quiet: Cases }>>;
type Cases = Readonly<Record<string, Tables>>;

/** Returns a percentage of an environment's daily cap in megabytes. */
export type Cap = (percent: number) => number;

/** @param ours Resource ids of the environment's vault and of its app's identity. */
export const casesOf = (cap: Cap, ours: Ours): AlertCases => ({
  ...codesCases,
  ...abuseCases,
  ...guardCases,
  ...operationsCases(ours),
  ...reportCases,
  ...telemetryCases(cap),
});
