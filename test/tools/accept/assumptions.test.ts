import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { authenticatedBy, createEventHook } from "../../../sandbox/okta.ts";
import { start8x8, type Sandbox8x8 } from "../../../sandbox/8x8.ts";
import { startOktaOrg, type OktaOrg } from "../../../sandbox/okta/management/org.ts";
import { createEightByEight } from "../../../tools/accept/eight-by-eight.ts";
import { createApi } from "../../../tools/okta/api.ts";
import { createOrg } from "../../../tools/okta/org.ts";
import { apiKey } from "../../app.ts";
import { apiToken, asAdministrator } from "../okta/signed-in.ts";
import { assumptions } from "../../../tools/accept/assumptions.ts";
import type { Live } from "../../../tools/accept/live.ts";
import { run } from "../../../tools/accept/run.ts";
import { inlineHookBody } from "../../../tools/okta/hook-body.ts";
import { eventSecret } from "../../functions/outcomes-in-azure.ts";
import { phone, startWorld, type World } from "./live-world.ts";

let world: World;
/** An app that answers all with a friendly 200. */
let friendly: Server;
let prepaid: Sandbox8x8 | undefined;
let silentOrg: OktaOrg | undefined;
beforeAll(async () => {
  world = await startWorld();
  friendly = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "application/json" }).end('{"missing":["okta-hook-secret"]}');
  }).listen(0, "127.0.0.1");
  await once(friendly, "listening");
}, 120_000);
afterAll(async () => {
  friendly.close();
  await Promise.all([prepaid?.close(), silentOrg?.close()]);
  await world.stop();
});

const silent = { secrets: () => [phone], onEntry: () => undefined };
const url = () => `http://127.0.0.1:${(friendly.address() as AddressInfo).port}`;
const hookId = async () => (await world.org.hooks())[0]?.id ?? "";
const wrongSecret = async () => {
  await world.org.replaceHook(await hookId(), inlineHookBody(world.wanted.hook, "not-the-secret-of-the-app"));
  return {};
};
const person = (answer: string, signIn: Live["person"]["signIn"] = () => world.use()): Partial<Live> => ({
  person: { answer: () => Promise.resolve(answer), signIn },
});
const group = () => world.azure.manager.group;
const friend = () => ({ url: url() });
const nowhere = () => ({ url: "http://127.0.0.1:9", patienceMs: 1 });

test("all that can be tried holds against the stand-ins", async () => {
  const found = await run(assumptions, world.open(), silent);
  const tried = assumptions.filter(({ attempt }) => attempt !== undefined);
  expect(found.filter(({ verdict }) => verdict === "differs")).toEqual([]);
  const why = found.filter(({ verdict, id }) => verdict === "not tried" && tried.some((one) => one.id === id));
  // The account of the stand-in is billed afterwards.
  expect(why.map(({ id, seen }) => `${id}: ${seen}`)).toEqual(["8x8-credit: The account is not prepaid: HTTP 403."]);
  expect(JSON.stringify(found)).not.toMatch(/2025550123|the-hook-secret|00uyxx/);
}, 120_000);

type Lie = () => (Partial<Live> & { readonly url?: string }) | Promise<Partial<Live> & { readonly url?: string }>;

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
    prepaid.fail({ fault: "no-credit" });
    const { url, accountId: account } = prepaid;
    const eightByEight = createEightByEight({ url, account, subAccount: "local_sms", key: apiKey, phone });
    return { eightByEight: () => Promise.resolve(eightByEight) };
  },
  "8x8-sms": () => (world.sandbox.fail({ fault: "rejected" }), {}),
  "8x8-sms-receipt": () => (world.sandbox.fail({ fault: "no-credit" }), {}),
  "8x8-sender": () => person("no"),
  "8x8-call": () => (world.sandbox.fail({ fault: "rejected" }), {}),
  "8x8-call-receipt": () => (world.sandbox.setFate({ receipt: "no_answer", delayMs: 20 }), {}),
  "8x8-wrong-sender": () => (world.sandbox.fail({ fault: "rejected" }), {}),
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
      world.sandbox.fail({ fault: "500" });
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

  test.each(Object.entries(lies))(
    "%s",
    async (id, lie) => {
      const [one] = assumptions.filter((assumption) => assumption.id === id);
      const live = world.open(await lie());
      const [entry] = await run(one === undefined ? [] : [one], live, silent);
      expect(entry).toMatchObject({ id, verdict: "differs" });
      expect(entry?.seen).toMatch(/\w/);
    },
    120_000,
  );

  test("each that is tried is among them", () => {
    const tried = assumptions.filter(({ attempt }) => attempt !== undefined).map(({ id }) => id);
    expect(Object.keys(lies).sort()).toEqual(tried.sort());
  });
});
