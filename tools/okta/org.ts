import type { Api } from "./api.ts";
import { OktaError } from "./okta-error.ts";
import {
  accessRule,
  authenticator,
  enrollmentPolicy,
  eventHook,
  inlineHook,
  listed,
  method,
  offersPhone,
  policy,
  provider,
  wantsPossession,
  type Method,
  type Status,
} from "./okta-objects.ts";
import type { phoneMethods } from "./wanted-state.ts";

export type { EventHook, InlineHook } from "./okta-objects.ts";

export interface Phone {
  readonly id: string;
  /** Name that the org gave its phone authenticator. */
  readonly name: string;
  readonly status: Status;
  readonly allowedFor: string | undefined;
  readonly methods: readonly Method[];
}

export const telephony = "com.okta.telephony.provider";

export type Org = ReturnType<typeof createOrg>;

export function createOrg(api: Api) {
  return {
    hooks: async () => listed(inlineHook, await api.list(["inlineHooks"], { type: telephony })),
    createHook: async (body: object) =>
      inlineHook.parse(await api.call("POST", ["inlineHooks"], body)),
    /** Replaces a hook's name and channel. Recordings of Okta's API show that the status stays. */
    replaceHook: (id: string, body: object) => api.call("PUT", ["inlineHooks", id], body),
    /**
     * Waits for room in the rate limit. Call this before you deactivate a hook: if the rate limit
     * stopped the next call, the org would have no active hook.
     */
    awaitRoomForHooks: (id: string, calls: number) => api.awaitRoom(["inlineHooks", id], calls),
    setHookStatus: (id: string, to: "activate" | "deactivate") =>
      api.call("POST", ["inlineHooks", id, "lifecycle", to]),
    /** Okta calls the hook with this body, waits 3 s, may retry once, and returns the answer. */
    execute: (id: string, body: object) => api.call("POST", ["inlineHooks", id, "execute"], body),

    eventHooks: async () => listed(eventHook, await api.list(["eventHooks"])),
    createEventHook: async (body: object) =>
      eventHook.parse(await api.call("POST", ["eventHooks"], body)),
    replaceEventHook: async (id: string, body: object) =>
      eventHook.parse(await api.call("PUT", ["eventHooks", id], body)),
    eventHookLifecycle: (id: string, to: "activate" | "deactivate" | "verify") =>
      api.call("POST", ["eventHooks", id, "lifecycle", to]),

    async phone(): Promise<Phone | undefined> {
      const all = listed(authenticator, await api.list(["authenticators"]));
      const found = all.find(({ key }) => key === "phone_number");
      if (found === undefined) return undefined;
      const methods = listed(method, await api.list(["authenticators", found.id, "methods"]));
      const { id, name, status, settings } = found;
      return { id, name, status, allowedFor: settings?.allowedFor, methods };
    },
    createPhone: async (name: string, settings: object) =>
      authenticator.parse(
        await api.call(
          "POST",
          ["authenticators"],
          { key: "phone_number", name, settings },
          { activate: "false" },
        ),
      ).id,
    replacePhone: (id: string, name: string, settings: object) =>
      api.call("PUT", ["authenticators", id], { key: "phone_number", name, settings }),
    deactivatePhone: (id: string) =>
      api.call("POST", ["authenticators", id, "lifecycle", "deactivate"]),
    activatePhone: (id: string) =>
      api.call("POST", ["authenticators", id, "lifecycle", "activate"]),
    setMethodStatus: (
      id: string,
      type: (typeof phoneMethods)[number],
      to: "activate" | "deactivate",
    ) => api.call("POST", ["authenticators", id, "methods", type, "lifecycle", to]),

    /**
     * Returns the number of custom telephony providers that are on. If one is on, Okta allows no
     * active hook. Returns undefined if the sign-in may not read the providers.
     */
    async ownProviders(): Promise<number | undefined> {
      const all = await api.list(["telephony-providers"]).catch((error: unknown) => {
        const status = error instanceof OktaError ? error.status : undefined;
        // An org without the feature answers 404.
        if (status === 404) return [];
        if (status === 401 || status === 403) return undefined;
        throw error;
      });
      return all && listed(provider, all).filter(({ enabled }) => enabled === true).length;
    },
    async policiesOfferingPhone(): Promise<string[]> {
      const all = listed(enrollmentPolicy, await api.list(["policies"], { type: "MFA_ENROLL" }));
      return all.filter((one) => one.status === "ACTIVE" && offersPhone(one)).map(({ id }) => id);
    },
    /** Returns true if a rule of any app requires a possession factor. */
    async asksForPossession(): Promise<boolean> {
      const all = listed(policy, await api.list(["policies"], { type: "ACCESS_POLICY" }));
      for (const { id } of all.filter((one) => one.status === "ACTIVE"))
        if (listed(accessRule, await api.list(["policies", id, "rules"])).some(wantsPossession))
          return true;
      return false;
    },
    logEvents: (query: Readonly<Record<string, string>>, limit: number) =>
      api.list(["logs"], query, limit),
  };
}
