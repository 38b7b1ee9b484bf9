import type { TokenCredential } from "@azure/identity";
import { createServer, type Server } from "node:http";
import { once as arrives } from "node:events";
import type { AddressInfo } from "node:net";
import type { FakeAzure } from "../../../tools/sandbox/azure.ts";
import { authenticatedBy, createEventHook, eventsOfUse } from "../../../tools/sandbox/okta.ts";
import { start8x8, type Sandbox8x8 } from "../../../tools/sandbox/8x8.ts";
import { startOktaOrg, type OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import { assumptions } from "../../../tools/accept/assumptions.ts";
import { openAzure } from "../../../tools/accept/azure.ts";
import { createEightByEight } from "../../../tools/accept/eight-by-eight.ts";
import { expectedAlerts } from "../../../tools/accept/expected-alerts.ts";
import type { Live } from "../../../tools/accept/live.ts";
import { localPerson, once, openLive } from "../../../tools/accept/open-live.ts";
import { run } from "../../../tools/accept/run.ts";
import { createApi } from "../../../tools/okta/api.ts";
import { eventHookBody } from "../../../tools/okta/event-hook-body.ts";
import { inlineHookBody } from "../../../tools/okta/hook-body.ts";
import { createOrg, telephony } from "../../../tools/okta/org.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import { apiKey, createEventHookOf, hookSecret, receiptSecret } from "../../app.ts";
import { eventSecret, startOutcomes } from "../../functions/outcomes-in-azure.ts";
import { until } from "../../until.ts";
import { passing, slow } from "../../worker/clock.ts";
import { apiToken, asAdministrator } from "../okta/signed-in.ts";

const phone = "+12025550123";

let world: Awaited<ReturnType<typeof startWorld>>;
/** An app that answers all with a friendly 200. */
let friendly: Server;
let prepaid: Sandbox8x8 | undefined;
let silentOrg: OktaOrg | undefined;
beforeAll(async () => {
  world = await startWorld();
  friendly = createServer((request, response) => {
    request.resume();
    response
      .writeHead(200, { "content-type": "application/json" })
      .end('{"missing":["okta-hook-secret"]}');
  }).listen(0, "127.0.0.1");
  await arrives(friendly, "listening");
});
afterAll(async () => {
  friendly.close();
  await Promise.all([prepaid?.close(), silentOrg?.close()]);
  await world.stop();
});

const silent = { secrets: () => [phone], onEntry: () => undefined };
const url = () => `http://127.0.0.1:${(friendly.address() as AddressInfo).port}`;
const hookId = async () => (await world.org.hooks())[0]?.id ?? "";
const wrongSecret = async () => {
  await world.org.replaceHook(
    await hookId(),
    inlineHookBody(world.wanted.hook, "not-the-secret-of-the-app"),
  );
  return {};
};
const person = (
  answer: string,
  signIn: Live["person"]["signIn"] = () => world.use(),
): Partial<Live> => ({
  person: { answer: () => Promise.resolve(answer), signIn },
});
const group = () => world.azure.manager.group;
const friend = () => ({ url: url() });
const nowhere = () => ({ url: "http://127.0.0.1:9", patienceMs: 1 });

test("all that can be tried holds against the stand-ins", async () => {
  const found = await run(assumptions, world.open(), silent);
  const tried = assumptions.filter(({ attempt }) => attempt !== undefined);
  expect(found.filter(({ verdict }) => verdict === "differs")).toEqual([]);
  const why = found.filter(
    ({ verdict, id }) => verdict === "not tried" && tried.some((one) => one.id === id),
  );
  // The account of the stand-in is billed afterwards.
  expect(why.map(({ id, seen }) => `${id}: ${seen}`)).toEqual([
    "8x8-credit: The account is not prepaid: HTTP 403.",
  ]);
  expect(JSON.stringify(found)).not.toMatch(/2025550123|the-hook-secret|00uyxx/);
});

type Lie = () =>
  (Partial<Live> & { readonly url?: string }) | Promise<Partial<Live> & { readonly url?: string }>;

/** Makes an assumption false. What it gives changes how the run sees the world. */
const lies: Readonly<Record<string, Lie>> = {
  "app-health": friend,
  "app-expired-code": friend,
  "app-stranger": friend,
  "app-closed-routes": friend,
  "app-body-limit": friend,
  "app-event-row": () => {
    world.azure.ingestion.refuse({ status: 500 });
    return { patienceMs: 500 };
  },
  "app-restart": nowhere,
  "app-cold-start": nowhere,
  "azure-cold-start-row": () => ((group().hostVersion = undefined), { patienceMs: 500 }),
  "azure-node": () => {
    const { envelopes } = world.azure.ingestion;
    envelopes.splice(
      0,
      Infinity,
      ...(JSON.parse(JSON.stringify(envelopes).replaceAll("node24:", "node22:")) as unknown[]),
    );
    return {};
  },
  "azure-host": () => ((group().hostVersion = undefined), {}),
  "azure-functions": () => (group().functions.pop(), {}),
  "azure-settings": () => ((group().settings = { OTHER: "x" }), {}),
  "azure-alerts": () => (group().alerts.pop(), {}),
  "azure-availability": () => ((group().availabilityResults = 0), {}),
  "azure-alert-arrives": () => person("no"),
  "okta-execute": wrongSecret,
  "okta-execute-call": wrongSecret,
  "okta-hook": async () => {
    await world.org.setHookStatus(await hookId(), "deactivate");
    return {};
  },
  "okta-event-hook": async () => {
    await world.org.eventHookLifecycle((await world.org.eventHooks())[0]?.id ?? "", "deactivate");
    return {};
  },
  "okta-scopes": () => ({ overreaches: () => Promise.resolve(true) }),
  "okta-system-log": async () => {
    silentOrg = await startOktaOrg({ apiToken });
    const org = createOrg(createApi(silentOrg.url, asAdministrator));
    return { org: () => Promise.resolve(org) };
  },
  "8x8-key": () => (world.sandbox.setApiKey("another-key"), {}),
  "8x8-credit": async () => {
    prepaid = await start8x8({ apiKey, balance: 5 });
    prepaid.fail("sms", { fault: "no-credit" });
    const { url, accountId: account } = prepaid;
    const eightByEight = createEightByEight({
      url,
      account,
      subAccount: "local_sms",
      key: apiKey,
      phone,
    });
    return { eightByEight: () => Promise.resolve(eightByEight) };
  },
  "8x8-sms": () => (world.sandbox.fail("sms", { fault: "rejected" }), {}),
  "8x8-sms-receipt": () => (world.sandbox.fail("sms", { fault: "no-credit" }), {}),
  "8x8-sender": () => person("no"),
  "8x8-call": () => (world.sandbox.fail("voice", { fault: "rejected" }), {}),
  "8x8-call-receipt": () => (world.sandbox.setFate({ receipt: "no_answer", delayMs: 20 }), {}),
  "8x8-wrong-sender": () => (world.sandbox.fail("sms", { fault: "rejected" }), {}),
  "sign-in-event": () => ({ ...person("", () => Promise.resolve(true)), patienceMs: 500 }),
  "sign-in-joined": () => person("", () => world.use({ userId: "00ustranger0000000001" })),
  "sign-in-once": () =>
    person("", async () => {
      const hook = createEventHook(world.wanted.events?.url ?? "", eventSecret);
      await hook.deliver([1, 2, 3].map(() => authenticatedBy("sms")));
      return true;
    }),
  "sign-in-feedback": () =>
    person("", async () => {
      await world.open().code("sms");
      world.sandbox.fail("feedback", { fault: "500" });
      // Within ten seconds of another enrollment it would count as the second event of that one.
      return world.use({ published: new Date(Date.now() + 60_000) });
    }),
};

describe("an assumption that is false differs", () => {
  afterEach(() => {
    world.azure.ingestion.recover();
    world.sandbox.recover();
    world.sandbox.setApiKey("the-8x8-key-of-the-tests");
    world.sandbox.setFate({ receipt: "delivered", delayMs: 20 });
    group().parameters = { alerts: "all", hookSettings: { EIGHT_BY_EIGHT_FEEDBACK: "send" } };
  });

  test.each(Object.entries(lies))("%s", async (id, lie) => {
    const [one] = assumptions.filter((assumption) => assumption.id === id);
    const live = world.open(await lie());
    const [entry] = await run(one === undefined ? [] : [one], live, silent);
    expect(entry).toMatchObject({ id, verdict: "differs" });
    expect(entry?.seen).toMatch(/\w/);
  });

  test("each that is tried is among them", () => {
    const tried = assumptions.filter(({ attempt }) => attempt !== undefined).map(({ id }) => id);
    expect(Object.keys(lies).sort()).toEqual(tried.sort());
  });
});

/** All that is live, and none of it is. */
async function startWorld() {
  const outcomes = await startOutcomes(({ tables, vault }) => {
    vault.set("receipt-secret", [{ value: receiptSecret }]);
    return { STATE_TABLE_URL: tables.url, EIGHT_BY_EIGHT_FEEDBACK: "send" };
  });
  const { azure, app } = outcomes;
  app.clock.keepsTimeOfDay = true;
  // Loading the SDKs would else keep a hook waiting, for seconds on a busy machine.
  await app.idle();
  // The tools wait for what the app does in time of its own, so that its clock has to go on.
  const stopClock = new AbortController();
  const stopped = new Promise((resolve) => {
    stopClock.signal.addEventListener("abort", resolve);
  });
  void passing(app.clock, stopped, slow);
  const { eightByEight: sandbox } = app;
  sandbox.sendReceiptsTo(`${app.url}/api/8x8/receipts`, `Bearer ${receiptSecret}`);
  sandbox.setFate({ receipt: "delivered", delayMs: 20 });
  const okta = await startOktaOrg({ apiToken });
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
    await until(isVerified);
  }
  const { group, url: manager } = azure.manager;
  group.parameters = { alerts: "all", hookSettings: { EIGHT_BY_EIGHT_FEEDBACK: "send" } };
  group.settings = { EIGHT_BY_EIGHT_FEEDBACK: "send", OTHER: "x" };
  group.alerts = expectedAlerts(false).map((name) => ({ name, enabled: true }));
  /** Okta reports that somebody used a code. */
  const use = async (changes?: Parameters<typeof eventsOfUse>[2]) => {
    const hook = createEventHookOf(app, eventSecret);
    return (
      (
        await hook.deliver(eventsOfUse("sms", "com.okta.user.telephony.pre-enrollment", changes))
      ).at(-1)?.status === 204
    );
  };
  const env = {
    OKTA_HOOK_SECRET: hookSecret,
    OKTA_EVENT_SECRET: eventSecret,
    EIGHT_BY_EIGHT_API_KEY: apiKey,
    ...sandbox.env,
    EIGHT_BY_EIGHT_ACCOUNT: sandbox.accountId,
  };
  return {
    azure,
    sandbox,
    okta,
    org,
    wanted,
    use,
    /** As often as wanted: what one run remembers, the next does not. */
    open: ({ url, ...changes }: Partial<Live> & { readonly url?: string } = {}) => {
      const person = localPerson(() => live, phone);
      const live: Live = openLive({
        env,
        phone,
        credential: () => Promise.resolve(credentialOf(azure)),
        wanted:
          url === undefined
            ? wanted
            : { ...wanted, hook: { ...wanted.hook, url: `${url}/api/okta/telephony` } },
        azure: once(async () => {
          const opened = await openAzure(
            "/subscriptions/s/resourceGroups/rg",
            credentialOf(azure),
            {
              manager,
              logs: manager,
            },
          );
          // The app sends its events every five seconds of its clock.
          return { ...opened, waitFor: (...query) => app.passing(opened.waitFor(...query)) };
        }),
        signIn: () => Promise.resolve(asAdministrator),
        overreaches: () => Promise.resolve(false),
        asked: new Set(["phone", "sign-in", "restart", "cold-start", "alert"] as const),
        force: true,
        patienceMs: 120_000,
        pauseMs: 50,
        person: { ...person, answer: () => Promise.resolve("yes") },
      });
      return Object.assign(live, changes);
    },
    async stop() {
      stopClock.abort();
      await Promise.all([outcomes.stop(), okta.close()]);
    },
  };
}

/** As az login would, of the stand-in for identities. */
function credentialOf({ identity }: FakeAzure): TokenCredential {
  return {
    async getToken(scope) {
      const query = new URLSearchParams({
        "api-version": "2019-08-01",
        client_id: identity.clientId,
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
