import * as z from "zod";

// The schemas have only the fields that the commands read:
// https://developer.okta.com/docs/api/openapi/okta-management/management/
const status = z.enum(["ACTIVE", "INACTIVE"]);
const header = z.object({ key: z.string(), value: z.string().nullish() });
const channel = z.object({
  type: z.string(),
  config: z.object({
    uri: z.string(),
    headers: z.array(header).nullish(),
    authScheme: z.object({ key: z.string().nullish() }).nullish(),
    authType: z.string().nullish(),
    clientId: z.string().nullish(),
    hookKeyId: z.string().nullish(),
    tokenUrl: z.string().nullish(),
    scope: z.string().nullish(),
  }),
});
export const inlineHook = z.object({ id: z.string(), name: z.string(), status, channel });
export const eventHook = z.object({
  id: z.string(),
  name: z.string(),
  status,
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
export const authenticator = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  status,
  settings: z.object({ allowedFor: z.string().optional() }).optional(),
});
export const method = z.object({ type: z.string(), status });
export const provider = z.object({ enabled: z.boolean().optional() });
const enroll = z.object({ self: z.string().optional() }).optional();
/**
 * Orgs that were upgraded from Classic Engine can have `factors` instead of `authenticators`
 * (AuthenticatorEnrollmentPolicySettings).
 */
export const enrollmentPolicy = z.object({
  id: z.string(),
  status,
  settings: z
    .object({
      authenticators: z.array(z.object({ key: z.string(), enroll })).optional(),
      factors: z.record(z.string(), z.object({ enroll }).nullish()).optional(),
    })
    .optional(),
});
export const policy = z.object({ id: z.string(), status });
export const accessRule = z.object({
  status,
  actions: z
    .object({
      appSignOn: z
        .object({
          verificationMethod: z
            .object({
              factorMode: z.string().optional(),
              constraints: z.array(z.looseObject({})).optional(),
              /** Present if the type is AUTH_METHOD_CHAIN. */
              chains: z.array(z.unknown()).optional(),
            })
            .optional(),
        })
        .optional(),
    })
    .optional(),
});

export type InlineHook = z.infer<typeof inlineHook>;
export type EventHook = z.infer<typeof eventHook>;
export type Method = z.infer<typeof method>;
export type Status = z.infer<typeof status>;

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

/** Okta's key for the phone authenticator, then Classic Engine's keys for phone factors. */
const phoneKeys = ["phone_number", "okta_sms", "okta_call"];

export function offersPhone({ settings }: z.infer<typeof enrollmentPolicy>): boolean {
  const factors = Object.entries(settings?.factors ?? {}).map(([key, factor]) => ({
    key,
    enroll: factor?.enroll,
  }));
  return [...(settings?.authenticators ?? []), ...factors].some(
    ({ key, enroll: how }) =>
      phoneKeys.includes(key) && (how?.self === "OPTIONAL" || how?.self === "REQUIRED"),
  );
}

/** True if the rule requires a possession factor, or a chain of methods that includes the phone. */
export function wantsPossession({ status: is, actions }: z.infer<typeof accessRule>): boolean {
  const {
    factorMode,
    constraints = [],
    chains = [],
  } = actions?.appSignOn?.verificationMethod ?? {};
  const possession = constraints.some((constraint) => "possession" in constraint);
  return is === "ACTIVE" && (factorMode === "2FA" || possession || chains.some(namesPhone));
}

const chainStep = z.object({
  authenticationMethods: z.array(z.object({ key: z.string() })).optional(),
  next: z.array(z.unknown()).optional(),
});

function namesPhone(chain: unknown): boolean {
  const { authenticationMethods = [], next = [] } = chainStep.safeParse(chain).data ?? {};
  return authenticationMethods.some(({ key }) => phoneKeys.includes(key)) || next.some(namesPhone);
}
