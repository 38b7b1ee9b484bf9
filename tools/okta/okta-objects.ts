import * as z from "zod";

// What we read of Okta's answers, and no more: https://developer.okta.com/docs/api/openapi/okta-management/management/
const status = z.enum(["ACTIVE", "INACTIVE"]);
const header = z.object({ key: z.string(), value: z.string().nullish() });
/** A secret never comes back; who wrote it knows it. */
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
        eventFilterMap: z.array(z.object({ event: z.string(), condition: z.object({ expression: z.string() }) })),
      })
      .nullish(),
  }),
  channel,
});
export const authenticator = z.object({
  id: z.string(),
  key: z.string(),
  status,
  settings: z.object({ allowedFor: z.string().optional() }).optional(),
});
export const method = z.object({ type: z.string(), status });
export const provider = z.object({ enabled: z.boolean().optional() });
export const enrolmentPolicy = z.object({
  id: z.string(),
  status,
  settings: z
    .object({
      authenticators: z
        .array(z.object({ key: z.string(), enroll: z.object({ self: z.string() }).optional() }))
        .optional(),
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
            .object({ factorMode: z.string().optional(), constraints: z.array(z.looseObject({})).optional() })
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

/** Throws where one has not this form, naming paths and never values. */
export function listed<Schema extends z.ZodType>(schema: Schema, all: readonly unknown[]): z.infer<Schema>[] {
  const read = z.array(schema).safeParse(all);
  if (read.success) return read.data;
  const paths = read.error.issues.map(({ path }) => path.join("."));
  throw new Error(`Okta answered in a form that is not known here: ${[...new Set(paths)].slice(0, 5).join(", ")}.`);
}

export function offersPhone({ settings }: z.infer<typeof enrolmentPolicy>): boolean {
  const self = settings?.authenticators?.find(({ key }) => key === "phone_number")?.enroll?.self;
  return self === "OPTIONAL" || self === "REQUIRED";
}

export function wantsPossession({ status: is, actions }: z.infer<typeof accessRule>): boolean {
  const { factorMode, constraints = [] } = actions?.appSignOn?.verificationMethod ?? {};
  return is === "ACTIVE" && (factorMode === "2FA" || constraints.some((constraint) => "possession" in constraint));
}
