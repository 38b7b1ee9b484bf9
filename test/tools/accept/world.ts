import { setTimeout as sleep } from "node:timers/promises";
import type { FakeAzure } from "../../../tools/sandbox/azure.ts";
import { start8x8, type Sandbox8x8 } from "../../../tools/sandbox/8x8.ts";
import { createEventHook, eventsOfUse, hookBody } from "../../../tools/sandbox/okta.ts";
import { startOktaOrg, type OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import { openAzure } from "../../../tools/accept/azure.ts";
import type { Live } from "../../../tools/accept/live.ts";
import { once, openLive } from "../../../tools/accept/open-live.ts";
import { localPerson } from "../../../tools/accept/person.ts";
import { createApi } from "../../../tools/okta/api.ts";
import { eventHookBody } from "../../../tools/okta/event-hook-body.ts";
import { inlineHookBody } from "../../../tools/okta/hook-body.ts";
import { createOrg, telephony, type Org } from "../../../tools/okta/org.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import { apiKey, hookSecret, postTo, receiptSecret } from "../../app.ts";
import { eventSecret, startOutcomes } from "../../functions/outcomes-in-azure.ts";
import { until } from "../../until.ts";
import { apiToken, asAdministrator } from "../okta/signed-in.ts";
import { credentialOf } from "./az-login.ts";
import { makeAsAssumed, settingsAt } from "./as-assumed.ts";
import { startFront, type Front } from "./front.ts";

export const phone = "+12025550123";

/** Inputs of the run that differ from the stand-ins. */
export interface Seen extends Partial<Live> {
  readonly env?: Readonly<Record<string, string>>;
  /** URL of the hook in okta.json. */
  readonly hookUrl?: string;
}

/** The hosts that the run reaches, and the stand-ins behind them. */
export interface World {
  readonly app: Front;
  readonly manager: Front;
  readonly okta: Front;
  readonly eightByEight: Front;
  readonly azure: FakeAzure;
  readonly sandbox: Sandbox8x8;
  readonly org: () => OktaOrg;
  /** Changes the org as an administrator does. */
  readonly administrator: () => Org;
  readonly wanted: WantedState;
  /** The app is as `az functionapp stop` leaves it. */
  isStopped: boolean;
  /** 8x8 refuses every sender but ours. */
  refusesOtherSenders: boolean;
  /** Okta sends a code for an enrollment by SMS, and reports that the person used it. */
  signIn(changes?: Parameters<typeof eventsOfUse>[2], times?: number): Promise<boolean>;
  /** Sends events as Okta does. Returns whether the app accepted them. */
  report(events: readonly object[]): Promise<boolean>;
  sendReceiptsWith(secret: string): void;
  open(seen: Seen, asked: Iterable<Asked>): Live;
  /** Waits while the app's clock runs, because the app sends its events every five seconds. */
  passing<T>(awaited: Promise<T>): Promise<T>;
  /** Everything that a run could change. */
  state(): unknown;
  /** Makes every assumption true again. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export type Asked = "phone" | "sign-in" | "restart" | "cold-start" | "alert";

export async function startWorld(): Promise<World> {
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

  /** Opens a new org for each run, because entries of a System Log cannot be deleted. */
  async function openOrg(): Promise<void> {
    await org?.close();
    org = await startOktaOrg({ apiToken });
    const api = createOrg(createApi(org.url, asAdministrator));
    await api.createHook({ ...inlineHookBody(wanted.hook, hookSecret), type: telephony });
    if (wanted.events === undefined) return;
    const { id } = await api.createEventHook(eventHookBody(wanted.events, eventSecret, "Phone"));
    // Repeats the check: Okta waits only 3 s for the challenge, which can be too short on a busy
    // machine.
    await until(() =>
      api.eventHookLifecycle(id, "verify").then(
        () => true,
        () => false,
      ),
    );
  }

  const world: World = {
    app,
    manager,
    okta,
    eightByEight,
    azure,
    sandbox,
    wanted,
    isStopped: false,
    refusesOtherSenders: true,
    org() {
      if (org === undefined) throw new Error("No org is open: reset() opens one.");
      return org;
    },
    administrator: () => createOrg(createApi(world.org().url, asAdministrator)),
    async signIn(changes = {}, times = 1) {
      const body = hookBody({ messageProfile: { phoneNumber: phone } });
      await postTo(wanted.hook.url, body, { authorization: hookSecret });
      const events = eventsOfUse("sms", "com.okta.user.telephony.pre-enrollment", changes);
      for (let time = 1; time < times; time++) await world.report(events);
      return world.report(events);
    },
    async report(events) {
      const hook = createEventHook(wanted.events?.url ?? "", eventSecret, 60_000);
      return (await hook.deliver(events)).at(-1)?.status === 204;
    },
    sendReceiptsWith(secret) {
      sandbox.sendReceiptsTo(`${app.url}/api/8x8/receipts`, `Bearer ${secret}`);
    },
    open({ env: changed, hookUrl = wanted.hook.url, ...seen }, asked) {
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
    state: () =>
      structuredClone({
        isStopped: world.isStopped,
        group,
        hooks: org?.hooks.all(),
        eventHooks: org?.eventHooks.all(),
        phone: org?.phone.state(),
        webhooks: sandbox.webhooks.of,
      }),
    async reset() {
      runs++;
      makeAsAssumed(world, runs);
      sandbox.recover();
      sandbox.setApiKey(apiKey);
      sandbox.setFate({ receipt: "delivered", delayMs: 20 });
      world.sendReceiptsWith(receiptSecret);
      await openOrg();
    },
    async stop() {
      await outcomes.stop();
      await sandbox.close();
      await org?.close();
      for (const front of [app, manager, okta, eightByEight]) await front.close();
    },
  };
  return world;

  async function passing<T>(awaited: Promise<T>): Promise<T> {
    const settled = awaited.then(
      () => true,
      () => true,
    );
    while (!(await Promise.race([settled, sleep(10, false)])))
      // Otherwise a pending hook would reach its deadline.
      if (!app.isAsked()) program.clock.turn(1_000);
    return awaited;
  }
}
