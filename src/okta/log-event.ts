import * as z from "zod";
import * as ids from "./ids.ts";

const userId = ids.userId.optional().catch(undefined);
const text = z.string().optional().catch(undefined);

/**
 * Far more targets than any event of Okta's has. What is beyond is not looked at: one event is to
 * cost little.
 */
const targetsLimit = 100;

/**
 * Never enumerated: a caller decides how many there are, and a string of 260,000 letters has as
 * many entries.
 */
const details = z.custom<Readonly<Record<string, unknown>>>(isObject).catch({});
type Details = z.infer<typeof details>;

/**
 * What is used of one event of Okta's System Log. A field with an odd value counts as absent.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 */
export const logEvent = z.object({
  uuid: z.guid(),
  published: z.iso.datetime({ offset: true }),
  eventType: z.string(),
  actor: z.object({ id: userId }).catch({ id: undefined }),
  outcome: z.object({ result: text, reason: text }).catch({ result: undefined, reason: undefined }),
  debugContext: z.object({ debugData: details }).catch({ debugData: {} }),
  target: z
    .preprocess(
      (given) => (Array.isArray(given) ? given.slice(0, targetsLimit) : given),
      z.array(
        z
          .object({ type: text, id: userId, displayName: text, detailEntry: details })
          .catch({ detailEntry: {} }),
      ),
    )
    .catch([]),
});
export type LogEvent = z.infer<typeof logEvent>;

/**
 * A detail by its name; empty where there is none. Okta's catalogue writes keys with underscores,
 * its events write them in camel case.
 */
export function detailOf(given: Details, name: string): string {
  const value =
    given[name] ?? given[name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
  return typeof value === "string" || typeof value === "boolean" ? String(value) : "";
}

function isObject(given: unknown): boolean {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}
