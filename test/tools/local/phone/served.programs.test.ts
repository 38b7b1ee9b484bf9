import { setTimeout as sleep } from "node:timers/promises";
import { senderWords } from "../../../../tools/local/phone/page/words.ts";
import type {
  FaultItem,
  HookItem,
  MessageItem,
} from "../../../../tools/local/phone/shown-items.ts";
import { hookBody } from "../../../../tools/sandbox/okta.ts";
import { until } from "../../../until.ts";
import { shell } from "../starting.ts";
import { openStream, startDesk, type Desk } from "./desk.ts";

// All tests share one `npm start -- --azure`.
const secret = "it's a local secret";
const secrets = {
  OKTA_HOOK_SECRET: secret,
  OKTA_EVENT_SECRET: "event-secret-91ab",
  RECEIPT_SECRET: "receipt-secret-3d2e",
  EIGHT_BY_EIGHT_API_KEY: "api-key-55d0",
};
const senders = { EIGHT_BY_EIGHT_SMS_SENDERS: '{"SG":"ACME","*":"Acme"}' };
let desk: Desk;
// At a load of 40 on two cores, the start and the first accepted request took over three minutes.
const startLimitMs = 600_000;
beforeAll(async () => {
  const settings = { OKTA_AUTH_HEADER: "x-okta-hook", EIGHT_BY_EIGHT_FEEDBACK: "send" };
  desk = await startDesk(["--azure"], { ...secrets, ...senders, ...settings });
  // On a busy machine, the first request after the start may miss its deadline.
  let isWarm = false;
  while (!isWarm) {
    const { okta = "" } = await desk.hook(await send(), ({ answer, okta }) => answer && okta);
    isWarm = okta.startsWith("Accepted");
  }
}, startLimitMs);
afterAll(() => desk.stop());

const send = async (wish: object = {}): Promise<number> => {
  const answer = await desk.post("/sandbox/hooks", {
    channel: "sms",
    phoneNumber: "+12025550121",
    ...wish,
  });
  expect(answer.status).toBe(200);
  return (answer.json() as { n: number }).n;
};
const replay = async (wish: object) =>
  ((await desk.post("/sandbox/hooks/replay", wish)).json() as { n: number }).n;
const delivered = async (wish: object = {}): Promise<MessageItem> => {
  const { message = 0 } = await desk.hook(
    await send(wish),
    ({ answer, message }) => answer && message,
  );
  return desk.message(message);
};
const fromOutside = (body: string, given = secret) =>
  fetch(desk.hookUrl, {
    method: "POST",
    headers: { "x-okta-hook": given, "content-type": "application/json" },
    body: Buffer.from(body),
  });

test("a request from the page shows Okta's conclusion, the app's times, and 8x8's request and answer", async () => {
  const n = await send({ code: "550123" });
  const hook = await desk.hook(n, ({ answer, event, message }) => answer && event && message);
  expect(hook).toMatchObject({
    from: "page",
    answer: { status: 200 },
    okta: expect.stringMatching(/^Accepted\b/) as unknown,
    outcome: "accepted",
    channel: "sms",
    country: "US",
    event: { attempts: 1, providerCode: "QUEUED" },
    provider: [
      {
        request: { method: "POST", body: { text: "Your code is 550123" } },
        answer: { status: 200 },
      },
    ],
  });
  expect(Object.keys(hook.event ?? {})).toEqual(
    expect.arrayContaining(["authenticateMs", "parseMs", "sendMs"]),
  );
  expect(await desk.message(hook.message ?? 0)).toMatchObject({
    hook: n,
    code: "550123",
    to: "+12025550121",
  });
});

test("the page shows requests from outside, also unauthenticated ones, with a masked secret", async () => {
  const body = JSON.stringify(hookBody({ messageProfile: { phoneNumber: "+12025550122" } }));
  const before = await send();
  await (await fromOutside(body)).text();
  const hook = await desk.hook(before + 1, ({ answer, event }) => answer && event);
  expect(hook).toMatchObject({ from: "outside", outcome: "accepted", request: { body } });
  expect(hook.request.headers["x-okta-hook"]).toBe("••••••");
  expect((await fromOutside("{}", "a guess")).status).toBe(401);
  expect(await desk.hook(before + 2, ({ answer, event }) => answer && event)).toMatchObject({
    from: "outside",
    outcome: "unauthenticated",
    provider: [],
    okta: expect.stringContaining("Okta delivers the code itself, if your org") as unknown,
  });
});

test("a request whose SMS is retried shows both requests to 8x8", async () => {
  await desk.post("/sandbox/fault", { fault: "503", times: 1 });
  const hook = await desk.hook(await send(), ({ answer, event }) => answer && event);
  expect(hook.provider.map(({ answer }) => answer?.status)).toEqual([503, 200]);
});

const expiryOf = (body: string) => /"otpExpires":"([^"]*)"/.exec(body)?.[1] ?? "";
test("replay sends a request again with a renewed expiry or with an edited body", async () => {
  const { n, at, request } = await desk.hook(await send({ code: "777001" }));
  const again = await desk.hook(await replay({ n }), ({ answer }) => answer);
  const [old, renewed] = [expiryOf(request.body), expiryOf(again.request.body)];
  expect(again.request.body).toBe(request.body.replace(old, renewed));
  const later = Date.parse(renewed) - Date.parse(old);
  expect(later).toBeGreaterThan(0);
  expect(later).toBeLessThanOrEqual(Date.parse(again.at) - Date.parse(at));
  const edited = await replay({ n, body: request.body.replaceAll("777001", "777002") });
  const { message } = await desk.hook(edited, (hook) => hook.message);
  expect(await desk.message(message ?? 0)).toMatchObject({ code: "777002" });
});

test.each([
  [
    "quotes",
    JSON.stringify(hookBody({ messageProfile: { msgTemplate: 'It\'s 660011, "$HOME" `ls`' } })),
  ],
  ["a leading @, which curl must not read as a file name", "@package.json"],
])("the copied curl command sends a body with %s", async (_, body) => {
  const n = (await send()) + 1;
  await (await fromOutside(body)).text();
  await desk.hook(n);
  const curl = (await desk.get(`/sandbox/hooks/${n}/curl`)).text;
  expect(curl).toContain('-H "x-okta-hook: $OKTA_HOOK_SECRET"');
  await shell(`OKTA_HOOK_SECRET="${secret}"\n${curl}`);
  const again = await desk.hook(n + 1, ({ event }) => event);
  const sent = again.request.body;
  expect([sent.replace(expiryOf(sent), expiryOf(body)), again.outcome]).toEqual([
    body,
    (await desk.hook(n, ({ event }) => event)).outcome,
  ]);
  expect(again.outcome).not.toBe("unauthenticated");
});

test("each message belongs to its own request, even if ten go to one number at once", async () => {
  const wishes = Array.from({ length: 10 }, (_, index) => ({
    channel: index % 2 === 0 ? "voice" : "sms",
    code: String(700_000 + index),
  }));
  const messages = await Promise.all(wishes.map(delivered));
  expect(messages.map(({ code }) => code)).toEqual(wishes.map(({ code }) => code));
});

test.each([
  ["/sandbox/hooks", { channel: "fax", phoneNumber: "+1" }, 400, "channel: "],
  ["/sandbox/hooks/replay", { n: 1_000_000 }, 404, "no such request"],
  ["/sandbox/sign-in", { message: 1_000_000 }, 409, "There is no message 1000000."],
  ["/sandbox/fault", { fault: "explode" }, 400, "fault"],
  ["/sandbox/fault", { of: "vault", fault: "hang", times: 0 }, 400, "fault"],
])("an invalid POST to %s gets an error with the reason: %j", async (path, body, status, words) => {
  const answer = await desk.post(path, body);
  expect([answer.status, answer.json()]).toEqual([
    status,
    { error: expect.stringContaining(words) as unknown },
  ]);
  expect((await desk.ask("POST", path, { "content-type": "application/json" }, "{")).status).toBe(
    400,
  );
});

describe("a message on the page", () => {
  test("shows its receipt and the use of its code, which the app reports to 8x8 as feedback", async () => {
    const { n, hook = 0 } = await delivered({ phoneNumber: "+12025550141" });
    expect(
      (await desk.message(n, ({ receipt }) => receipt?.state === "delivered")).used,
    ).toBeUndefined();
    expect((await desk.post("/sandbox/sign-in", { message: n })).json()).toEqual({ status: 204 });
    const { used = "" } = await desk.message(n, (message) => message.used);
    expect(Math.abs(Date.now() - Date.parse(used))).toBeLessThan(60_000);
    await desk.command.printed(/^\S+ ← outcome: verified · …0141 · sms · US · (joined)/m);
    const { provider } = await desk.hook(
      hook,
      (item) => item.provider.length === 2 && item.provider[1]?.answer,
    );
    const path = expect.stringContaining("/feedback") as unknown;
    expect(provider[1]).toMatchObject({ request: { path }, answer: { status: 200 } });
  });

  test("refuses a sign-in with the older of a number's two codes", async () => {
    const older = await delivered({ phoneNumber: "+12025550144" });
    await delivered({ phoneNumber: "+12025550144" });
    expect((await desk.post("/sandbox/sign-in", { message: older.n })).status).toBe(409);
  });

  test("shows the sender that replaced ours, or error 42 of an SMS without credit", async () => {
    const to = { phoneNumber: "+6591234567" };
    await desk.post("/sandbox/receipt", { receipt: "delivered", source: "Other" });
    const changed = await desk.message(
      (await delivered(to)).n,
      ({ receipt }) => receipt?.state === "delivered",
    );
    expect([changed.from, changed.receipt?.from, senderWords(changed)]).toEqual([
      "ACME",
      "Other",
      "from Other, not ACME",
    ]);
    await desk.post("/sandbox/receipt", { receipt: "delivered" });
    await desk.post("/sandbox/fault", { fault: "no-credit", times: 1 });
    const refused = await desk.message(
      (await delivered(to)).n,
      ({ receipt }) => receipt?.state === "undelivered",
    );
    expect(refused.receipt).toMatchObject({ errorCode: 42 });
  });
});

test("a message shows its country's sender, and a warning if the country refuses letters", async () => {
  expect(await delivered()).toMatchObject({
    from: "Acme",
    warning: expect.stringMatching(/^The sender has letters for US, .*\.$/) as string,
  });
  const singapore = await delivered({ phoneNumber: "+6591234567" });
  expect([singapore.from, singapore.warning]).toEqual(["ACME", undefined]);
});

// The app calls these services in the background, so several requests may pass before a fault ends.
test.each<[FaultItem["of"], number, string, object]>([
  ["vault", 2, "denied", { wrongSecret: true }],
  ["identity", 3, "down", { wrongSecret: true }],
  ["table", 4, "error", {}],
  ["ingestion", 5, "slow", {}],
])(
  "a fault of %s ends after one call, and the app still delivers codes",
  async (of, n, fault, wish) => {
    const stream = openStream(desk.url);
    const last = () =>
      stream.events.findLast(({ item }) => item.kind === "fault" && item.n === n)
        ?.item as FaultItem;
    const { seq } = await stream.item<FaultItem>("fault", n);
    const answer = await desk.post("/sandbox/fault", {
      of,
      fault,
      times: 1,
      ...(fault === "slow" && { ms: 100 }),
    });
    expect(answer.status).toBe(200);
    await delivered({ phoneNumber: "+12025550153" });
    const over = async (): Promise<boolean> => {
      await send(wish);
      await sleep(500);
      return last().seq > seq && last().on === undefined;
    };
    await until(over);
    await stream.close();
  },
);

describe("the stream", () => {
  test("after a reconnect, sends each change since the last event once", async () => {
    const before = openStream(desk.url);
    const first = await send();
    await before.item("hook", first, (hook) => "answer" in hook);
    await before.close();
    expect(new Set(before.events.map(({ id }) => id)).size).toBe(before.events.length);
    const last = before.events.at(-1);
    const second = await send();
    const hook = await desk.hook(
      second,
      ({ answer, event, message }) => answer && event && message,
    );
    const after = openStream(desk.url, last?.id);
    await after.item("hook", second, (item) => item.seq >= hook.seq);
    const all = openStream(desk.url);
    await all.item("hook", second, (item) => item.seq >= hook.seq);
    const seen = [...all.events];
    const newest = seen.at(-1)?.item.seq ?? 0;
    await until(() => (after.events.at(-1)?.item.seq ?? 0) >= newest);
    await Promise.all([after.close(), all.close()]);
    const changed = seen.filter(({ item }) => item.seq > (last?.item.seq ?? 0));
    // The stream `after` may also have received an earlier state of an item.
    const ids = after.events.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(changed.map(({ id }) => id)));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeLessThan(seen.length);
    const seqs = seen.map(({ item }) => item.seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });

  test("after a reconnect, sends no cleared request and continues the numbering", async () => {
    const stream = openStream(desk.url);
    const before = await send();
    await stream.item("hook", before, ({ answer, message }: HookItem) => answer && message);
    const last = stream.events.at(-1)?.id;
    expect((await desk.post("/sandbox/clear", {})).status).toBe(200);
    expect((await desk.get("/sandbox/traffic")).json()).toEqual({ hooks: [], messages: [] });
    expect(await send()).toBe(before + 1);
    await stream.item("hook", before + 1);
    const comesBack = openStream(desk.url, last);
    await comesBack.item("hook", before + 1);
    expect(comesBack.events.filter(({ item }) => item.kind === "hook" && item.n <= before)).toEqual(
      [],
    );
    expect(comesBack.events.filter(({ item }) => item.kind === "fault")).toHaveLength(5);
    expect(new Set(stream.events.map(({ id }) => id.split(".")[0])).size).toBe(2);
    await Promise.all([stream.close(), comesBack.close()]);
  });
});

test("the page's server never sends a secret", async () => {
  const stream = openStream(desk.url);
  const sent = await desk.post("/sandbox/hooks", { channel: "sms", phoneNumber: "+12025550161" });
  const { n } = sent.json() as { n: number };
  const answers = [sent];
  const { request } = await desk.hook(n, ({ answer, event }) => answer && event);
  await (await fromOutside(request.body)).text();
  answers.push(await desk.post("/sandbox/hooks/replay", { n }));
  const { message = 0 } = await desk.hook(n + 2, (item) => item.message);
  answers.push(
    await desk.post("/sandbox/sign-in", { message }),
    await desk.post("/sandbox/outcomes", { id: "sms" }),
  );
  await desk.message(message, ({ receipt, used }) => receipt && used);
  for (const path of [
    "settings",
    "commands",
    "traffic",
    "messages",
    "messages/latest",
    `hooks/${n + 1}/curl`,
  ])
    answers.push(await desk.get(`/sandbox/${path}`));
  await stream.item("hook", n + 2);
  const all = JSON.stringify([answers, stream.events]);
  expect(all).toContain("+12025550161");
  expect(all).toContain("npm run hook -- --channel voice");
  expect(Object.values(secrets).filter((value) => all.includes(value))).toEqual([]);
  await stream.close();
});
