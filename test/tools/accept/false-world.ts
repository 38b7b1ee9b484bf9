import type { Ask } from "../../../tools/accept/asks.ts";
import { timeoutMs as callLimitMs } from "../../../tools/sandbox/okta/hook-call.ts";
import { json, type Given, type Rule } from "./front.ts";
import type { Seen, World } from "./world.ts";

/** A world in which one assumption is false. */
export interface FalseWorld {
  readonly name: string;
  /** Makes the assumption false before the run starts. */
  readonly make?: (world: World) => unknown;
  /** Makes the assumption false with inputs of the run. */
  readonly seen?: (world: World) => Seen;
  /** Id of the assumption. */
  readonly id: string;
  /** Must match the finding: what was expected, what came, and the likely cause. */
  readonly words: readonly RegExp[];
  /** Default: differs. */
  readonly verdict?: "holds" | "not tried";
  /** The options of the run. Default: the one that the assumption needs. */
  readonly asked?: readonly Ask[];
  /** Other assumptions that are false in the same world. */
  readonly also?: readonly string[];
  /**
   * Assumptions whose tests wait for something that never arrives, so these waits are short. With
   * `true`, these are all false assumptions of this world.
   */
  readonly inVain?: true | readonly string[];
  /** The app cannot be started again. */
  readonly staysStopped?: true;
}

/** Gives this answer to the first `times` matching calls. Later ones go to the stand-in. */
export function answering(call: RegExp, given: Given, times = Infinity): Rule {
  let left = times;
  return (asked) => (call.test(asked.call) && left-- > 0 ? given : undefined);
}

/** Makes a host give this answer to the first `times` matching calls. */
export const answers =
  (host: "app" | "manager" | "okta" | "eightByEight", call: RegExp, given: Given, times?: number) =>
  (world: World) =>
    world[host].add(answering(call, given, times));

/** Changes the body of the stand-in's answer. */
export function changing(call: RegExp, change: (body: string) => string): Rule {
  return (asked, pass) =>
    call.test(asked.call)
      ? pass().then((given) => ({ ...given, body: change(given.body) }))
      : undefined;
}

/**
 * Ends the caller's wait during the first matching call, as if the limit of 3 s had passed. A real
 * wait is tested with `npm run hook`.
 */
export function tooLate(call: RegExp): Rule {
  const limit = new AbortController();
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => (ms === callLimitMs ? limit.signal : timeout(ms));
  return (asked, pass) => {
    if (limit.signal.aborted || !call.test(asked.call)) return undefined;
    AbortSignal.timeout = timeout;
    limit.abort();
    return pass();
  };
}

/** Runs `begin` at the first matching call. */
export function after(call: RegExp, begin: () => unknown): Rule {
  let begun = false;
  return (asked) => {
    if (call.test(asked.call) && !begun) {
      begun = true;
      begin();
    }
    return undefined;
  };
}

/** An answer of the app to Okta. */
export const oktaAnswer = (status: "SUCCESSFUL" | "FAILED") => {
  const commands = [{ type: "com.okta.telephony.action", value: [{ status, provider: "8x8" }] }];
  return json(200, { commands });
};

export const hook = /^POST \/api\/okta\/telephony$/;
export const query = /^POST \/v1\/apps\/.*\/query$/;
const noRows = json(200, { tables: [{ name: "PrimaryResult", rows: [] }] });

/** Application Insights finds no row of this table in the first `times` queries. */
export function withoutRows(table: string, times = Infinity): Rule {
  let left = times;
  return ({ call, body }) =>
    query.test(call) && body.includes(`"${table} |`) && left-- > 0 ? noRows : undefined;
}

/** Shifts the times in Application Insights, as if its clock was this many milliseconds ahead. */
export function withClockAhead(table: string, ms: number): Rule {
  const shifted = (by: number) => (text: string) => new Date(Date.parse(text) + by).toISOString();
  const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
  return ({ call, body }, pass) =>
    query.test(call) && body.includes(`"${table} |`)
      ? pass(body.replace(time, shifted(-ms))).then((given) => ({
          ...given,
          body: given.body.replace(time, shifted(ms)),
        }))
      : undefined;
}
