import * as z from "zod";
import * as ids from "./ids.ts";

const userId = ids.userId.optional().catch(undefined);
const text = z.string().optional().catch(undefined);

/** Far more targets and details than any event of Okta's has. What is beyond is not looked at: one event is to cost little. */
const readLimit = 100;

/** Okta's catalogue writes keys with underscores, its events write them in camel case. */
const details = z
  .preprocess(
    (given) => Object.fromEntries(Object.entries(given ?? {}).slice(0, readLimit)),
    z.record(z.string(), z.unknown()),
  )
  .transform((given) => new Map(Object.entries(given).map(([key, value]) => [normalize(key), value])))
  .catch(new Map<string, unknown>());
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
  debugContext: z.object({ debugData: details }).catch({ debugData: new Map() }),
  target: z
    .preprocess(
      (given) => (Array.isArray(given) ? given.slice(0, readLimit) : given),
      z.array(
        z.object({ type: text, id: userId, displayName: text, detailEntry: details }).catch({ detailEntry: new Map() }),
      ),
    )
    .catch([]),
});
export type LogEvent = z.infer<typeof logEvent>;

/** A detail by its name, however Okta spells the key; empty where there is none. */
export function detailOf(given: Details, name: string): string {
  const value = given.get(normalize(name));
  return typeof value === "string" || typeof value === "boolean" ? String(value) : "";
}

function normalize(key: string): string {
  return key.replaceAll("_", "").toLowerCase();
}
