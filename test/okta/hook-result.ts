import type { HookResult } from "../../src/rules/outcome.ts";

type Without<Result, Name extends string> = Result extends unknown ? Omit<Result, Name> : never;

export type GivenResult = Without<HookResult, "ok">;

export function resultOf(given: GivenResult): HookResult {
  return { ...given, ok: given.outcome === "accepted" } as HookResult;
}
