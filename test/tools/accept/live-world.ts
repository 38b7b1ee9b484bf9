import type { TokenCredential } from "@azure/identity";
import type { FakeAzure } from "../../../sandbox/azure.ts";
import { createEventHook, eventsOfUse } from "../../../sandbox/okta.ts";
import { startOktaOrg } from "../../../sandbox/okta/management/org.ts";
import { openAzure } from "../../../tools/accept/azure.ts";
import { expectedAlerts } from "../../../tools/accept/expected-alerts.ts";
import type { Live } from "../../../tools/accept/live.ts";
import { localPerson, once, openLive } from "../../../tools/accept/open-live.ts";
import { createApi } from "../../../tools/okta/api.ts";
import { eventHookBody } from "../../../tools/okta/event-hook-body.ts";
import { inlineHookBody } from "../../../tools/okta/hook-body.ts";
import { createOrg, telephony } from "../../../tools/okta/org.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import { until } from "../../until.ts";
import { apiKey, hookSecret, receiptSecret } from "../../app.ts";
import { eventSecret, startOutcomes } from "../../functions/outcomes-in-azure.ts";
import { apiToken, asAdministrator } from "../okta/signed-in.ts";

export type World = Awaited<ReturnType<typeof startWorld>>;

export const phone = "+12025550123";

/** All that is live, and none of it is. */
export async function startWorld() {
  const outcomes = await startOutcomes(({ tables, vault }) => {
    vault.set("receipt-secret", [{ value: receiptSecret }]);
    return { STATE_TABLE_URL: tables.url, EIGHT_BY_EIGHT_FEEDBACK: "send" };
  });
  const { azure, app } = outcomes;
  const { eightByEight: sandbox } = app;
  sandbox.sendReceiptsTo(`${app.url}/api/8x8/receipts`, `Bearer ${receiptSecret}`);
  sandbox.setFate({ receipt: "delivered", delayMs: 20 });
  const okta = await startOktaOrg({ apiToken });
  const wanted: WantedState = {
    ...{ org: okta.url, clientId: "0oa1", phone: { sms: true, voice: true, allowedFor: "any" } },
    hook: { name: "8x8", url: `${app.url}/api/okta/telephony`, auth: "secret", header: "authorization" },
    events: { name: "8x8 outcomes", url: `${app.url}/api/okta/events`, filter: false },
  };
  const org = createOrg(createApi(okta.url, asAdministrator));
  await org.createHook({ ...inlineHookBody(wanted.hook, hookSecret), type: telephony });
  if (wanted.events !== undefined) {
    const { id } = await org.createEventHook(eventHookBody(wanted.events, eventSecret, "Phone"));
    // Okta waits 3 s for its challenge, which a loaded machine may take.
    const isVerified = () =>
      org.eventHookLifecycle(id, "verify").then(
        () => true,
        () => false,
      );
    await until(isVerified, 60_000);
  }
  const { group, url: manager } = azure.manager;
  group.parameters = { alerts: "all", hookSettings: { EIGHT_BY_EIGHT_FEEDBACK: "send" } };
  group.settings = { EIGHT_BY_EIGHT_FEEDBACK: "send", OTHER: "x" };
  group.alerts = expectedAlerts(false).map((name) => ({ name, enabled: true }));
  /** Okta reports that somebody used a code. */
  const use = async (changes?: Parameters<typeof eventsOfUse>[2]) => {
    const hook = createEventHook(wanted.events?.url ?? "", eventSecret);
    return (
      (await hook.deliver(eventsOfUse("sms", "com.okta.user.telephony.pre-enrollment", changes))).at(-1)?.status === 204
    );
  };
  const env = {
    ...{ OKTA_HOOK_SECRET: hookSecret, OKTA_EVENT_SECRET: eventSecret, EIGHT_BY_EIGHT_API_KEY: apiKey },
    ...{ ...sandbox.env, EIGHT_BY_EIGHT_ACCOUNT: sandbox.accountId },
  };
  return {
    ...{ azure, sandbox, okta, org, wanted, use },
    /** As often as wanted: what one run remembers, the next does not. */
    open: ({ url, ...changes }: Partial<Live> & { readonly url?: string } = {}) => {
      const person = localPerson(() => live, phone);
      const live: Live = openLive({
        ...{ env, phone, credential: () => Promise.resolve(credentialOf(azure)) },
        wanted: url === undefined ? wanted : { ...wanted, hook: { ...wanted.hook, url: `${url}/api/okta/telephony` } },
        azure: once(() =>
          openAzure("/subscriptions/s/resourceGroups/rg", credentialOf(azure), { manager, logs: manager }),
        ),
        signIn: () => Promise.resolve(asAdministrator),
        overreaches: () => Promise.resolve(false),
        asked: new Set(["phone", "sign-in", "restart", "cold-start", "alert"] as const),
        ...{
          force: true,
          patienceMs: 60_000,
          pauseMs: 50,
          person: { ...person, answer: () => Promise.resolve("yes") },
        },
      });
      return Object.assign(live, changes);
    },
    async stop() {
      await Promise.all([outcomes.stop(), okta.close()]);
    },
  };
}

/** As az login would, of the stand-in for identities. */
function credentialOf({ identity }: FakeAzure): TokenCredential {
  return {
    async getToken(scope) {
      const query = new URLSearchParams({
        ...{ "api-version": "2019-08-01", client_id: identity.clientId },
        resource: String(scope).replace("/.default", ""),
      });
      const answer = await fetch(`${identity.endpoint}?${query.toString()}`, {
        headers: { "x-identity-header": identity.header },
      });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
}
