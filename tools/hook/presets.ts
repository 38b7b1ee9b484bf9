import { newHook as sandboxHook } from "../local/phone/hooks.ts";
import type { Preset } from "../local/phone/page/preset.ts";
import { presets as offered } from "../local/phone/page/presets.ts";
import type { JudgedAnswer } from "../sandbox/okta.ts";

/** What the phone page offers to try, by its name there in the form of `premium-number`. */
export const presets: ReadonlyMap<string, Preset> = new Map(
  Object.values(offered)
    .flat()
    .map((preset) => [preset.name.toLowerCase().replaceAll(/[^a-z\d]+/g, "-"), preset]),
);

export const bodyOf = ({ send }: Preset): string =>
  sandboxHook({ channel: "sms", phoneNumber: "+12025550123", ...send });

/** The answers that have no outcome in them. */
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

/** Has the sandbox fail at the next request, as the preset wants. */
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
      `No sandbox takes the fault at ${sandbox.origin}. Start it with npm start, or give the address of the phone page with --sandbox.`,
    );
}
