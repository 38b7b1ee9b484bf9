import { abuseCases } from "./alert-cases/abuse.ts";
import { codesCases } from "./alert-cases/codes.ts";
import { type Ours, operationsCases } from "./alert-cases/operations.ts";
import { reportCases } from "./alert-cases/reports.ts";
import { telemetryCases } from "./alert-cases/telemetry.ts";
import type { Row, Tables } from "./kql-run.ts";

/**
 * Telemetry with which each alert fires and what its message then shows, and similar telemetry with
 * which it stays quiet.
 */
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

/** @param messages What the message shows. If there are several, Azure sends several messages. */
export function firing(tables: Tables, ...messages: readonly Row[]): Firing {
  return { tables, messages };
}

/** Returns a percentage of an environment's daily cap in megabytes. */
export type Cap = (percent: number) => number;

/** @param ours Resource ids of the environment's vault and of its app's identity. */
export const casesOf = (cap: Cap, ours: Ours): AlertCases => ({
  ...codesCases,
  ...abuseCases,
  ...operationsCases(ours),
  ...reportCases,
  ...telemetryCases(cap),
});
