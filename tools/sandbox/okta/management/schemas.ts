import * as z from "zod";

// The schemas that this stand-in needs, from InlineHook, EventHook and SystemLog in Okta's public
// API description 2026.06. Strict schemas refuse fields that Okta does not know.
// https://developer.okta.com/docs/api/openapi/okta-management/management/
const header = z.strictObject({ key: z.string(), value: z.string() });
const place = {
  uri: z
    .string()
    .max(1024)
    .regex(/^https:\/\/\S+$|^http:\/\/127\.0\.0\.1[:/]\S*$/),
  method: z.string().optional(),
  headers: z.array(header).optional(),
};
const scheme = z.strictObject({
  type: z.literal("HEADER"),
  key: z.string().min(1),
  value: z.string().min(1),
});
const http = z.strictObject({
  type: z.literal("HTTP"),
  version: z.literal("1.0.0"),
  config: z.strictObject({ ...place, authScheme: scheme }),
});
const oauth = z.strictObject({
  type: z.literal("OAUTH"),
  version: z.literal("1.0.0"),
  config: z.strictObject({
    ...place,
    authType: z.literal("private_key_jwt"),
    clientId: z.string(),
    hookKeyId: z.string(),
    tokenUrl: z.string(),
    scope: z.string(),
  }),
});
const name = z.string().min(1).max(255);

export const inlineHookReplace = z.strictObject({
  name,
  version: z.literal("1.0.0"),
  channel: z.discriminatedUnion("type", [http, oauth]),
});
export const inlineHookCreate = inlineHookReplace.extend({
  type: z.literal("com.okta.telephony.provider"),
});
export type HookBody = z.infer<typeof inlineHookReplace>;

export const eventHookBody = z.strictObject({
  name,
  events: z.strictObject({
    type: z.literal("EVENT_TYPE"),
    items: z.array(z.string()).min(1),
    filter: z
      .strictObject({
        type: z.literal("EXPRESSION_LANGUAGE"),
        eventFilterMap: z.array(
          z.strictObject({
            event: z.string(),
            condition: z.strictObject({ expression: z.string() }),
          }),
        ),
      })
      .nullable(),
  }),
  channel: http,
  status: z.enum(["ACTIVE", "INACTIVE"]).optional(),
});
export type EventHookBody = z.infer<typeof eventHookBody>;
