import { failure, type Answer } from "./answers.ts";

/** `cut after` cuts the connection after the call has taken effect. */
export type Fault = "429" | "500" | "403" | "400" | "cut before" | "cut after";

const answers: Readonly<Partial<Record<Fault, () => Answer>>> = {
  "429": () => failure("E0000047"),
  "500": () => failure("E0000009"),
  "403": () => failure("E0000006"),
  "400": () => failure("E0000001", "no"),
};

interface Waiting {
  readonly meets: (call: string) => boolean;
  readonly how: Fault;
  readonly forGood: boolean;
}

/** A fault applies to one call, or with `forGood` to every call until `clear`. */
export function createFaults() {
  const waiting: Waiting[] = [];
  return {
    add: (method: string, pathEnd: string, how: Fault): void => {
      const meets = (call: string) => call.startsWith(`${method} `) && call.endsWith(pathEnd);
      waiting.push({ meets, how, forGood: false });
    },
    addAfter: (calls: number, how: Fault, forGood = false): void => {
      let left = calls;
      waiting.push({ meets: () => left-- <= 0, how, forGood });
    },
    addWhile: (isAway: () => boolean, how: Fault): void => {
      waiting.push({ meets: isAway, how, forGood: true });
    },
    clear: (): void => {
      waiting.length = 0;
    },
    next(call: string): { readonly how: Fault; readonly answer: Answer | undefined } | undefined {
      const fault = waiting.find(({ meets }) => meets(call));
      if (fault === undefined) return undefined;
      if (!fault.forGood) waiting.splice(waiting.indexOf(fault), 1);
      return { how: fault.how, answer: answers[fault.how]?.() };
    },
  };
}
