import { setTimeout as sleep } from "node:timers/promises";
import { start8x8 } from "../../../tools/sandbox/8x8.ts";
import { createEventHook, eventsOfUse, hookBody } from "../../../tools/sandbox/okta.ts";
import type { OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import type { Ask } from "../../../tools/accept/asks.ts";
import { openAzure } from "../../../tools/accept/azure.ts";
import type { Live } from "../../../tools/accept/live.ts";
import { once, openLive } from "../../../tools/accept/open-live.ts";
import { localPerson } from "../../../tools/accept/person.ts";
import { createApi } from "../../../tools/okta/api.ts";
import { createOrg, type Org } from "../../../tools/okta/org.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import { apiKey, hookSecret, postTo, receiptSecret } from "../../app.ts";
import { eventSecret, startOutcomes } from "../../functions/outcomes-in-azure.ts";
import { asAdministrator } from "../okta/signed-in.ts";
import { credentialOf } from "./az-login.ts";
import { makeAsAssumed, openOrg, settingsAt } from "./as-assumed.ts";
import { startFront } from "./front.ts";

export const phone = "+12025550123";

/** Inputs of a run, in place of those from the stand-ins. */
export interface Seen extends Partial<Live> {
  readonly env?: Readonly<Record<string, string>>;
  /** URL of the hook in okta.json. */
  readonly hookUrl?: string;
}

/** The hosts that the run reaches, and the stand-ins behind them. */
export type World = Awaited<ReturnType<typeof startWorld>>;

export async function startWorld() {
  let sandboxUrl = "";
  const eightByEight = await startFront(() => sandboxUrl);
  const settings = settingsAt(eightByEight.url);
  const outcomes = await startOutcomes(({ tables, vault }) => {
    vault.set("receipt-secret", [{ value: receiptSecret }]);
    return { STATE_TABLE_URL: tables.url, ...settings };
  });
  const { azure, app: program } = outcomes;
  program.clock.keepsTimeOfDay = true;
  // Otherwise loading the SDKs would delay a hook, by seconds on a busy machine.
  await program.idle();
  const sandbox = await start8x8({ apiKey, subAccounts: { sms: "test_sms" }, balance: 5 });
  sandboxUrl = sandbox.url;
  const app = await startFront(() => program.url);
  const manager = await startFront(() => azure.manager.url);
  let org: OktaOrg | undefined;
  const okta = await startFront(() => org?.url ?? "");
  const { group } = azure.manager;
  let runs = 0;
  const wanted: WantedState = {
    org: okta.url,
    clientId: "0oa1",
    phone: { sms: true, voice: true, allowedFor: "any" },
    hook: {
      name: "8x8",
      url: `${app.url}/api/okta/telephony`,
      auth: "secret",
      header: "authorization",
    },
    events: { name: "8x8 outcomes", url: `${app.url}/api/okta/events`, filter: false },
  };
  const env = {
    OKTA_HOOK_SECRET: hookSecret,
    OKTA_EVENT_SECRET: eventSecret,
    EIGHT_BY_EIGHT_API_KEY: apiKey,
    EIGHT_BY_EIGHT_ACCOUNT: sandbox.accountId,
    ...settings,
  };

  const world = {
    app,
    manager,
    okta,
    eightByEight,
    azure,
    sandbox,
    wanted,
    /** True after a stop of the app, as by `az functionapp stop`. */
    isStopped: false,
    /** 8x8 refuses every sender but ours. */
    refusesOtherSenders: true,
    org(): OktaOrg {
      if (org === undefined) throw new Error("No org is open: reset() opens one.");
      return org;
    },
    /** Changes the org as an administrator does. */
    administrator: (): Org => createOrg(createApi(okta.url, asAdministrator)),
    /** Okta sends a code for an enrollment by SMS, and reports that the person used it. */
    async signIn(changes: Parameters<typeof eventsOfUse>[2] = {}, times = 1): Promise<boolean> {
      const body = hookBody({ messageProfile: { phoneNumber: phone } });
      await postTo(wanted.hook.url, body, { authorization: hookSecret });
      const events = eventsOfUse("sms", "com.okta.user.telephony.pre-enrollment", changes);
      for (let time = 1; time < times; time++) await world.report(events);
      return world.report(events);
    },
    /** Sends events as Okta does. Returns whether the app accepted them. */
    async report(events: readonly object[]): Promise<boolean> {
      const hook = createEventHook(wanted.events?.url ?? "", eventSecret, 60_000);
      return (await hook.deliver(events)).at(-1)?.status === 204;
    },
    sendReceiptsWith(secret: string): void {
      sandbox.sendReceiptsTo(`${app.url}/api/8x8/receipts`, `Bearer ${secret}`);
    },
    open({ env: changed, hookUrl = wanted.hook.url, ...seen }: Seen, asked: Iterable<Ask>): Live {
      const person = localPerson(() => live, phone);
      const live: Live = openLive({
        env: { ...env, ...changed },
        phone,
        credential: () => Promise.resolve(credentialOf(azure)),
        wanted: { ...wanted, hook: { ...wanted.hook, url: hookUrl } },
        azure: once(async () => {
          const hosts = { manager: manager.url, logs: manager.url };
          const group = "/subscriptions/s/resourceGroups/rg";
          const opened = await openAzure(group, credentialOf(azure), hosts);
          return { ...opened, waitFor: (...query) => passing(opened.waitFor(...query)) };
        }),
        signIn: () => Promise.resolve(asAdministrator),
        extraScopes: () => Promise.resolve([]),
        asked: new Set(asked),
        force: true,
        patienceMs: 30_000,
        pauseMs: 40,
        person: { ...person, answer: () => Promise.resolve("yes") },
      });
      return Object.assign(live, seen);
    },
    passing,
    /** Everything that a run could change. */
    state: (): unknown =>
      structuredClone({
        isStopped: world.isStopped,
        group,
        hooks: org?.hooks.all(),
        eventHooks: org?.eventHooks.all(),
        phone: org?.phone.state(),
        webhooks: sandbox.webhooks.of,
      }),
    /** Makes every assumption true again. */
    async reset(): Promise<void> {
      runs++;
      makeAsAssumed(world, runs);
      sandbox.recover();
      sandbox.setApiKey(apiKey);
      sandbox.setFate({ receipt: "delivered", delayMs: 20 });
      world.sendReceiptsWith(receiptSecret);
      await org?.close();
      org = await openOrg(wanted);
    },
    async stop(): Promise<void> {
      await outcomes.stop();
      await sandbox.close();
      await org?.close();
      for (const front of [app, manager, okta, eightByEight]) await front.close();
    },
  };
  return world;

  /** Waits while the app's clock runs, because the app sends its events every five seconds. */
  async function passing<T>(awaited: Promise<T>): Promise<T> {
    const settled = awaited.then(
      () => true,
      () => true,
    );
    while (!(await Promise.race([settled, sleep(20, false)])))
      // Otherwise a pending hook would reach its deadline.
      if (!app.isAsked()) program.clock.turn(1_000);
    return awaited;
  }
}
