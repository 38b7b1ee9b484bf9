import type { HttpHandler } from "@azure/functions";
import type { Secret } from "../secrets/secret.ts";
import type { Settings } from "../settings/settings.ts";
import type { Clock } from "../timing/clock.ts";
import { startDeadline } from "../timing/deadline.ts";

/** How long the first read of the secrets is waited for. */
const secretTimeoutMs = 1_000;

interface Health extends Pick<Settings, "problems" | "warnings" | "unknown"> {
  readonly clock: Clock;
  /** Variables that are set and print secrets. */
  readonly debug: readonly string[];
  /** Without these, hooks cannot be answered. */
  readonly needed: readonly Secret[];
  readonly optional: readonly Secret[];
  /**
   * Of this instance, since it started: codes for which Okta named no user. Limits that a use gives
   * back only record them.
   */
  readonly codesWithoutUser?: (() => number) | undefined;
  /** False: Okta's events are dead or late, and the guard's limits on unused codes are off. */
  readonly eventsOnTime?: (() => boolean | undefined) | undefined;
  /** Warnings about settings with dates, which may pass while the app runs. */
  readonly warningsNow?: () => Settings["warnings"];
}

/**
 * 200 where hooks can be answered, else 503. Names only, and no others: settings that are `wrong`,
 * settings and secrets that are `missing`. `unknown` settings, typing errors most likely,
 * `doubtful` ones, which will probably not do what they are for, `weak` secrets, those with `spare`
 * versions, and `debug` variables, which print secrets, do not make it unhealthy.
 */
export function createHealth(health: Health): HttpHandler {
  const { clock, problems, warnings, unknown, debug, needed, optional } = health;
  const named = (kind: "missing" | "invalid") =>
    problems.filter((problem) => problem.kind === kind).map(({ name }) => name);
  const missing = named("missing");
  const wrong = named("invalid");
  const secrets = [...needed, ...optional];
  const namesOf = (which: (secret: Secret) => boolean) =>
    secrets.filter(which).map(({ name }) => name);
  return async () => {
    const deadline = startDeadline(clock, secretTimeoutMs);
    const loaded = await Promise.all(needed.map((secret) => secret.get(deadline)));
    deadline.end();
    const findings = {
      missing: [
        ...missing,
        ...needed.filter((_, index) => loaded[index]?.length === 0).map(({ name }) => name),
      ],
      wrong,
      unknown,
      doubtful: [
        ...new Set([...warnings, ...(health.warningsNow?.() ?? [])].map(({ name }) => name)),
      ],
      weak: namesOf((secret) => secret.isWeak()),
      spare: namesOf((secret) => secret.hasSpareVersions()),
      debug,
    };
    const healthy = findings.missing.length === 0 && wrong.length === 0;
    const codesWithoutUser = health.codesWithoutUser?.() ?? 0;
    return {
      status: healthy ? 200 : 503,
      jsonBody: {
        status: healthy ? "healthy" : "unhealthy",
        ...Object.fromEntries(Object.entries(findings).filter(([, names]) => names.length > 0)),
        ...(codesWithoutUser > 0 ? { codesWithoutUser } : {}),
        ...(health.eventsOnTime?.() === false ? { eventsOnTime: false } : {}),
      },
    };
  };
}
