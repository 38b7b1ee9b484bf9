import { json, type Given, type Rule } from "./front.ts";
import type { Asked, Seen, World } from "./world.ts";

/** A world in which one assumption is false. */
export interface FalseWorld {
  readonly name: string;
  /** Makes it false, before the run begins. */
  readonly make?: (world: World) => unknown;
  /** Makes it false by what the run is given. */
  readonly seen?: (world: World) => Seen;
  /** The one assumption that is not as it should be. */
  readonly id: string;
  /** What is said of it: what was expected, what came, and the likely cause. */
  readonly words: readonly RegExp[];
  /** Differs, unless this says otherwise. */
  readonly verdict?: "holds" | "not tried";
  /** The options of the run. */
  readonly asked?: readonly Asked[];
  /** Others that are false in the same world. */
  readonly also?: readonly string[];
  /** Nothing ever comes of what is waited for. */
  readonly inVain?: true;
  /** The app cannot be started again. */
  readonly staysStopped?: true;
}

/** Answers each call so, as often as given; after that the stand-in does. */
export function answering(call: RegExp, given: Given, times = Infinity): Rule {
  let left = times;
  return (asked) => (call.test(asked.call) && left-- > 0 ? given : undefined);
}

/** Lets the stand-in answer, and gives out what is made of its answer. */
export function changing(call: RegExp, change: (body: string) => string): Rule {
  return (asked, pass) =>
    call.test(asked.call)
      ? pass().then((given) => ({ ...given, body: change(given.body) }))
      : undefined;
}

/** Only after so many milliseconds. */
export function slowly(call: RegExp, ms: number, times: number): Rule {
  let left = times;
  return (asked, pass) =>
    call.test(asked.call) && left-- > 0
      ? new Promise<void>((resolve) => setTimeout(resolve, ms)).then(() => pass())
      : undefined;
}

/** Begins something with the first such call. */
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

export const hook = /^POST \/api\/okta\/telephony$/;
export const query = /^POST \/v1\/apps\/.*\/query$/;
const noRows = json(200, { tables: [{ name: "PrimaryResult", rows: [] }] });

/** Application Insights finds no row of this table, the first times. */
export function withoutRows(table: string, times = Infinity): Rule {
  let left = times;
  return ({ call, body }) =>
    query.test(call) && body.includes(`"${table} |`) && left-- > 0 ? noRows : undefined;
}

/** Application Insights has the times of a clock that is so many milliseconds ahead. */
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
