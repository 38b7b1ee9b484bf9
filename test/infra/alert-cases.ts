import { abuseCases } from "./alert-cases/abuse.ts";
import { codesCases } from "./alert-cases/codes.ts";
import { type Ours, operationsCases } from "./alert-cases/operations.ts";
import { reportCases } from "./alert-cases/reports.ts";
import { telemetryCases } from "./alert-cases/telemetry.ts";
import type { Row, Tables } from "./kql-run.ts";

/** For each alert, telemetry that makes the alert fire, and similar telemetry that does not. */
export type AlertCases = Readonly<
  Record<
    string,
    {
      readonly fires: Readonly<Record<string, Firing>>;
      readonly quiet: Readonly<Record<string, Tables>>;
    }
  >
>;

interface Firing {
  readonly tables: Tables;
  readonly messages: readonly Row[];
}

/** @param messages The dimensions of each message that Azure sends. */
export function firing(tables: Tables, ...messages: readonly Row[]): Firing {
  return { tables, messages };
}

/** Converts a percentage of the environment's daily cap to megabytes. */
export type Cap = (percent: number) => number;

export const casesOf = (cap: Cap, ours: Ours): AlertCases => ({
  ...codesCases,
  ...abuseCases,
  ...operationsCases(ours),
  ...reportCases,
  ...telemetryCases(cap),
});
