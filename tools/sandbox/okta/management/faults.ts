import { failure, type Answer } from "./answers.ts";

/** A status of the answer, or a connection that is cut before or after the call takes effect. */
export type Fault = "429" | "500" | "504" | "400" | "401" | "403" | "cut before" | "cut after";

const answers: Readonly<Partial<Record<Fault, () => Answer>>> = {
  "429": () => failure("E0000047"),
  "500": () => failure("E0000009"),
  // For a hook that does not answer, Okta's list of errors has 504, but its page on /execute has
  // 400 for every failure.
  "504": () => ({ ...failure("E0000137"), status: 504 }),
  // 401 means an invalid token, and 403 an app without an admin role.
  "401": () => failure("E0000011"),
  "403": () => failure("E0000006"),
  "400": () => failure("E0000001", "no"),
};

/** Creates a list of faults. Each fault applies to one call. */
export function createFaults() {
  const waiting: { readonly meets: (call: string) => boolean; readonly how: Fault }[] = [];
  return {
    add: (method: string, pathEnd: string, how: Fault): void => {
      waiting.push({
        meets: (call) => call.startsWith(`${method} `) && call.endsWith(pathEnd),
        how,
      });
    },
    next(call: string): { readonly how: Fault; readonly answer: Answer | undefined } | undefined {
      const at = waiting.findIndex(({ meets }) => meets(call));
      const [fault] = at < 0 ? [] : waiting.splice(at, 1);
      return fault && { how: fault.how, answer: answers[fault.how]?.() };
    },
  };
}
