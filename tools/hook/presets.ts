import { newHook as sandboxHook } from "../local/phone/hooks.ts";
import type { Preset } from "../local/phone/page/preset.ts";
import { presets as offered } from "../local/phone/page/presets.ts";
import type { JudgedAnswer } from "../sandbox/okta.ts";

/** The outcomes that the phone page offers, by name: "Premium number" is `premium-number`. */
export const presets: ReadonlyMap<string, Preset> = new Map(
  Object.values(offered)
    .flat()
    .map((preset) => [preset.name.toLowerCase().replaceAll(/[^a-z\d]+/g, "-"), preset]),
);

export const bodyOf = ({ send }: Preset): string =>
  sandboxHook({ channel: "sms", phoneNumber: "+12025550123", ...send });

/** An error object has no outcome, so its HTTP status shows the outcome. */
const statuses: Readonly<Record<string, number>> = {
  unavailable: 503,
  malformed: 400,
  unauthenticated: 401,
};

export function hasOutcome(
  preset: Preset,
  { outcome = "", reason, answer }: JudgedAnswer,
  status: number,
): boolean {
  const [wanted = "", why] = preset.outcome.split(" ");
  return wanted in statuses
    ? answer === "error" && status === statuses[wanted]
    : outcome === wanted && (why === undefined || reason === why);
}

/** Sets the preset's fault in the sandbox, for the next request. */
export async function armFault({ fault }: Preset, sandbox: URL): Promise<void> {
  if (fault === undefined) return;
  const body = JSON.stringify({ of: "8x8", ...fault, times: 1 });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(new URL("/sandbox/fault", sandbox), {
    method: "POST",
    headers,
    body,
  }).catch(() => undefined);
  if (answer?.ok !== true)
    throw new Error(
      `The sandbox at ${sandbox.origin} did not accept the fault. Start it with npm start, or set --sandbox to the address of the phone page.`,
    );
}
