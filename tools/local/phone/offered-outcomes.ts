import * as z from "zod";
import { newHook } from "./hooks.ts";
import { idOf, missingFor, type Outcome } from "./outcome.ts";
import { outcomes } from "./outcomes.ts";
import type { OutcomesAnswer, RequestedOutcome, SettingsAnswer } from "./protocol.ts";

export function offerOutcomes(settings: SettingsAnswer["settings"]): OutcomesAnswer["groups"] {
  return Object.entries(outcomes).map(([title, group]) => ({
    title,
    outcomes: group.map((outcome) => ({
      id: idOf(outcome),
      name: outcome.name,
      says: outcome.says,
      outcome: outcome.expected,
      missing: missingFor(outcome, settings),
    })),
  }));
}

const wish = z.strictObject({ id: z.string() });

/**
 * Switches on the outcome's fault of 8x8 for one request.
 * @param switchFault Returns what is wrong with the fault, or undefined.
 * @throws RangeError if there is no such outcome.
 */
export function prepareOutcome(
  json: unknown,
  switchFault: (fault: object) => string | undefined,
): Omit<RequestedOutcome, "body"> & { readonly newBody: () => string } {
  const { expected, send, fault, repeat = 1 } = findOutcome(wish.parse(json).id);
  const problem = fault && switchFault({ of: "8x8", ...fault, times: 1 });
  if (problem !== undefined) throw new RangeError(problem);
  return {
    newBody: () => newHook({ channel: "sms", phoneNumber: "+12025550123", ...send }),
    outcome: expected,
    wrongSecret: send.wrongSecret ?? false,
    repeat,
  };
}

function findOutcome(id: string): Outcome {
  const found = Object.values(outcomes)
    .flat()
    .find((outcome) => idOf(outcome) === id);
  if (found !== undefined) return found;
  const groups = Object.entries(outcomes).map(
    ([title, group]) => `  ${title}: ${group.map(idOf).join(", ")}`,
  );
  throw new RangeError(
    `There is no outcome ${JSON.stringify(id)}. The outcomes are:\n${groups.join("\n")}`,
  );
}
