import { createArmedFault, type ArmedFault } from "../armed-fault.ts";
import { isRecord, parseJson, type Answer } from "./api.ts";
import { knownFaults, parseFault, type Fault } from "./faults.ts";

/** Which fault is on, and for how many requests more. */
export interface FaultSwitch extends ArmedFault<Fault> {
  /** The same for a person with curl: `{"fault":"429","retryAfter":1,"times":1}`, `{"fault":"none"}`. */
  readonly control: (body: string) => Answer;
}

export function createFaultSwitch(): FaultSwitch {
  const armed = createArmedFault<Fault>();
  return {
    ...armed,
    control(body) {
      const json = parseJson(body);
      const { times = Infinity, of = "8x8", ...wish } = isRecord(json) ? json : {};
      const fault = parseFault(wish);
      if ((fault === undefined && wish["fault"] !== "none") || typeof times !== "number" || of !== "8x8")
        return { status: 400, body: { error: "No such fault.", known: [...knownFaults, "none"] } };
      if (fault === undefined) armed.recover();
      else armed.fail(fault, times);
      return { status: 200, body: isRecord(json) ? json : {} };
    },
  };
}
