import { isRecord, parseJson, type Answer } from "./api.ts";
import { knownFaults, parseFault, type Fault } from "./faults.ts";

/** Which fault is on, and for how many requests more. */
export interface FaultSwitch {
  readonly fail: (fault: Fault, times?: number) => void;
  readonly recover: () => void;
  /** The fault that the next request meets. */
  readonly next: () => Fault | undefined;
  /** The same for a person with curl: `{"fault":"429","retryAfter":1,"times":1}`, `{"fault":"none"}`. */
  readonly control: (body: string) => Answer;
}

export function createFaultSwitch(): FaultSwitch {
  let on: { readonly fault: Fault; times: number } | undefined;
  return {
    fail(fault, times = Infinity) {
      on = { fault, times };
    },
    recover() {
      on = undefined;
    },
    next() {
      if (on === undefined || on.times < 1) return undefined;
      on.times--;
      return on.fault;
    },
    control(body) {
      const json = parseJson(body);
      const { times = Infinity, ...wish } = isRecord(json) ? json : {};
      const fault = parseFault(wish);
      if ((fault === undefined && wish["fault"] !== "none") || typeof times !== "number")
        return { status: 400, body: { error: "No such fault.", known: [...knownFaults, "none"] } };
      on = fault && { fault, times };
      return { status: 200, body: isRecord(json) ? json : {} };
    },
  };
}
