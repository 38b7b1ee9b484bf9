import type { Api } from "./api.ts";
import { OktaError } from "./okta-error.ts";
import { authenticator, eventHook, inlineHook, listed, provider } from "./okta-objects.ts";

export type { EventHook, InlineHook } from "./okta-objects.ts";

export const telephony = "com.okta.telephony.provider";

export type Org = ReturnType<typeof createOrg>;

export function createOrg(api: Api) {
  return {
    hooks: async () => listed(inlineHook, await api.list(["inlineHooks"], { type: telephony })),
    createHook: async (body: object) =>
      inlineHook.parse(await api.call("POST", ["inlineHooks"], { ...body, type: telephony })),
    /** In recordings of Okta's API, a PUT does not change the hook's status. */
    replaceHook: (id: string, body: object) => api.call("PUT", ["inlineHooks", id], body),
    setHookStatus: (id: string, to: "activate" | "deactivate") =>
      api.call("POST", ["inlineHooks", id, "lifecycle", to]),
    /** Okta waits up to 3 s for the hook, and may retry once. Returns the hook's answer. */
    execute: (id: string, body: object) => api.call("POST", ["inlineHooks", id, "execute"], body),

    eventHooks: async () => listed(eventHook, await api.list(["eventHooks"])),
    createEventHook: async (body: object) =>
      eventHook.parse(await api.call("POST", ["eventHooks"], body)),
    replaceEventHook: async (id: string, body: object) =>
      eventHook.parse(await api.call("PUT", ["eventHooks", id], body)),
    eventHookLifecycle: (id: string, to: "activate" | "deactivate" | "verify") =>
      api.call("POST", ["eventHooks", id, "lifecycle", to]),

    /** Returns the name of the org's phone authenticator. Okta's events contain this name. */
    async phoneName(): Promise<string> {
      const all = listed(authenticator, await api.list(["authenticators"]));
      return all.find(({ key }) => key === "phone_number")?.name ?? "Phone";
    },

    /** Counts enabled providers. Returns undefined if the sign-in may not read the providers. */
    async ownProviders(): Promise<number | undefined> {
      const all = await api.list(["telephony-providers"]).catch((error: unknown) => {
        const status = error instanceof OktaError ? error.status : undefined;
        // Okta answers 404 if the org cannot have custom telephony providers.
        if (status === 404) return [];
        if (status === 401 || status === 403) return undefined;
        throw error;
      });
      return all && listed(provider, all).filter(({ enabled }) => enabled === true).length;
    },
    logEvents: (query: Readonly<Record<string, string>>) => api.list(["logs"], query),
  };
}
