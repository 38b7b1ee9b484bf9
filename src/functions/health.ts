import type { HttpHandler } from "@azure/functions";
import type { RefreshedValue } from "../secrets/refreshed-value.ts";
import type { Settings } from "../settings/settings.ts";
import { startDeadline, type Clock } from "../timing/clock.ts";

const secretTimeoutMs = 1_000;

interface Health extends Pick<Settings, "problems" | "warnings" | "unknown"> {
  readonly clock: Clock;
  readonly debug: readonly string[];
  /** If one of these secrets is missing, the telephony hook answers 503. */
  readonly needed: readonly RefreshedValue[];
  readonly secrets: readonly RefreshedValue[];
  /** If false, Okta's events are late, so finished enrollments look unfinished. */
  readonly eventsOnTime?: (() => boolean | undefined) | undefined;
  readonly warningsNow?: () => readonly { readonly name: string }[];
}

/** The response never shows a value. docs/configure.md explains each list. */
export function createHealth(health: Health): HttpHandler {
  const { clock, problems, warnings, unknown, debug, needed, secrets } = health;
  const named = (kind: "missing" | "invalid") =>
    problems.filter((problem) => problem.kind === kind).map(({ name }) => name);
  const missing = named("missing");
  const invalid = named("invalid");
  const namesOf = (which: (secret: RefreshedValue) => boolean) =>
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
      invalid,
      unknown,
      warnings: [
        ...new Set([...warnings, ...(health.warningsNow?.() ?? [])].map(({ name }) => name)),
      ],
      weak: namesOf((secret) => secret.isWeak()),
      spare: namesOf((secret) => secret.hasSpareVersions()),
      debug,
    };
    const healthy = findings.missing.length === 0 && invalid.length === 0;
    return {
      status: healthy ? 200 : 503,
      jsonBody: {
        status: healthy ? "healthy" : "unhealthy",
        ...Object.fromEntries(Object.entries(findings).filter(([, names]) => names.length > 0)),
        ...(health.eventsOnTime?.() === false ? { eventsOnTime: false } : {}),
      },
    };
  };
}
