import * as z from "zod";

// The schemas have only the fields that the commands read:
// https://developer.okta.com/docs/api/openapi/okta-management/management/
const status = z.enum(["ACTIVE", "INACTIVE"]);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
const header = z.object({ key: z.string(), value: z.string().catch("") });
const channel = z.object({
  type: z.string(),
  config: z.object({
    uri: z.string(),
    headers: z
      .array(header)
      .nullish()
      .transform((all) => all ?? []),
    authScheme: z.object({ key: text }).nullish(),
    authType: text,
    clientId: text,
    hookKeyId: text,
    tokenUrl: text,
    scope: text,
  }),
});
const common = { id: z.string(), name: z.string(), status, lastUpdated: text };
export const inlineHook = z.object({ ...common, channel });
export const eventHook = z.object({
  ...common,
  verificationStatus: z.enum(["UNVERIFIED", "VERIFIED"]).catch("UNVERIFIED"),
  events: z.object({
    items: z.array(z.string()),
    filter: z
      .object({
        eventFilterMap: z.array(
          z.object({ event: z.string(), condition: z.object({ expression: z.string() }) }),
        ),
      })
      .nullish(),
  }),
  channel,
});
export const authenticator = z.object({ key: z.string(), name: z.string() });
export const provider = z.object({ enabled: z.boolean().optional() });

export type InlineHook = z.infer<typeof inlineHook>;
export type EventHook = z.infer<typeof eventHook>;

/** Throws if an object does not match the schema. The error names paths, never values. */
export function listed<Schema extends z.ZodType>(
  schema: Schema,
  all: readonly unknown[],
): z.infer<Schema>[] {
  const read = z.array(schema).safeParse(all);
  if (read.success) return read.data;
  const paths = read.error.issues.map(({ path }) => path.join("."));
  throw new Error(
    `Okta's answer has an unexpected format at ${[...new Set(paths)].slice(0, 5).join(", ")}. Check for a newer version of this project.`,
  );
}
