import type { HttpHandler } from "@azure/functions";
import { systemClock } from "../timing/clock.ts";
import { startDeadline } from "../timing/deadline.ts";
import type { Secret } from "../secrets/secret.ts";
import type { Settings } from "../settings/settings.ts";

/** How long the first read of the secrets is waited for. */
const secretTimeoutMs = 1_000;

/** What is reported, but does not make the app unhealthy. */
export interface Beside {
  /** Secrets that may be absent. */
  readonly optional?: readonly Secret[];
  /** Variables that are set and print secrets. */
  readonly debug?: readonly string[];
}

/**
 * 200 where hooks can be answered, else 503. Names only, and no others: settings that are `wrong`, settings and secrets
 * that are `missing`. `unknown` settings, typing errors most likely, `doubtful` ones, which will probably not do what they are
 * for, `weak` secrets and `debug` variables, which print secrets, do not make it unhealthy.
 */
export function createHealth(
  { problems, doubts, unknown }: Settings,
  secrets: readonly Secret[],
  { optional = [], debug = [] }: Beside = {},
): HttpHandler {
  const named = (kind: "missing" | "wrong") =>
    problems.filter((problem) => problem.kind === kind).map(({ name }) => name);
  const doubtful = [...new Set(doubts.map(({ name }) => name))];
  return async () => {
    const deadline = startDeadline(systemClock, secretTimeoutMs);
    const loaded = await Promise.all(secrets.map((secret) => secret.get(deadline)));
    deadline.end();
    const unread = secrets.filter((_, index) => loaded[index]?.length === 0).map(({ name }) => name);
    const missing = [...named("missing"), ...unread];
    const wrong = named("wrong");
    const weak = [...secrets, ...optional].filter((secret) => secret.isWeak()).map(({ name }) => name);
    const healthy = missing.length === 0 && wrong.length === 0;
    return {
      status: healthy ? 200 : 503,
      jsonBody: {
        status: healthy ? "healthy" : "unhealthy",
        ...(missing.length > 0 && { missing }),
        ...(wrong.length > 0 && { wrong }),
        ...(unknown.length > 0 && { unknown }),
        ...(doubtful.length > 0 && { doubtful }),
        ...(weak.length > 0 && { weak }),
        ...(debug.length > 0 && { debug }),
      },
    };
  };
}
