import { resolve } from "node:path";
import { createPhone } from "../../../../tools/local/phone.ts";
import type { MessageItem } from "../../../../tools/local/phone/shown-items.ts";
import { start8x8, type Sandbox8x8 } from "../../../../tools/sandbox/8x8.ts";
import { call, send, sms } from "../../sandbox/8x8/well-formed.ts";
import { clientOf } from "./desk.ts";

// Tests the phone page's server without an app behind it.
const apiKey = "the-key-of-this-test";
const phone = createPhone(resolve("."));
let sandbox: Sandbox8x8;
let page: ReturnType<typeof clientOf>;
beforeAll(async () => {
  sandbox = await start8x8({ apiKey, ...phone.sandboxOptions });
  phone.attach(sandbox);
  page = clientOf(sandbox.url);
});
afterAll(() => sandbox.close());

const asApp = { authorization: `Bearer ${apiKey}` };
const smsPath = "/api/v1/subaccounts/local_sms/messages";
const json = { "content-type": "application/json" };
const reads = [
  "/",
  "/page.css",
  "/page.js",
  "/nothing",
  "/sandbox/stream",
  "/sandbox/messages",
  "/sandbox/messages/latest",
  "/sandbox/settings",
  "/sandbox/commands",
  "/sandbox/outcomes",
  "/sandbox/hooks/1/curl",
];
const writes = [
  "/sandbox/hooks",
  "/sandbox/hooks/replay",
  "/sandbox/sign-in",
  "/sandbox/fault",
  "/sandbox/receipt",
  "/sandbox/outcomes",
  "/sandbox/outcomes/request",
  "/nothing",
];

describe("the page's server", () => {
  const foreign: Record<string, string>[] = [
    { host: "rebound.example" },
    { host: "127.0.0.1" },
    { host: "127.0.0.1:1" },
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:1" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  test.each([
    ...reads.map((path) => ["GET", path] as const),
    // The last path is in 8x8's API, which only the app calls.
    ...[...writes, smsPath].map((path) => ["POST", path] as const),
  ])("answers 403 to %s %s from another site", async (method, path) => {
    for (const headers of foreign) {
      const { status } = await page.ask(
        method,
        path,
        { ...json, ...headers },
        method === "POST" ? "{}" : "",
      );
      expect([headers, status]).toEqual([headers, 403]);
    }
  });

  test("answers 200 to its own page, typed addresses and programs", async () => {
    const { host, port, origin } = new URL(sandbox.url);
    for (const headers of [
      {},
      { origin, "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
      { host: `localhost:${port}`, origin: `http://localhost:${port}` },
      { host },
    ])
      expect((await page.ask("GET", "/sandbox/messages", headers)).status).toBe(200);
  });

  test.each(writes)(
    "answers 415 to a POST to %s without the content type application/json",
    async (path) => {
      for (const headers of [
        {},
        { "content-type": "text/plain" },
        { "content-type": "application/jsonp" },
      ])
        expect((await page.ask("POST", path, headers, "{}")).status).toBe(415);
    },
  );

  test.each([
    "/sandbox/%66ault",
    "//sandbox/fault",
    "/x/../sandbox/fault",
    "/sandbox/./fault",
    "/sandbox/fault?x=1",
  ])("answers 403 to another site that spells the path as %s", async (path) => {
    const target = { ...json, "sec-fetch-site": "cross-site" };
    expect((await page.ask("POST", path, target, '{"fault":"500"}')).status).toBe(403);
  });

  test("keeps a fault for the app's next request if another site calls the SMS API first", async () => {
    await page.post("/sandbox/fault", { fault: "500", times: 1 });
    for (const stranger of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example" }])
      expect(
        (await page.ask("POST", smsPath, { ...stranger, "content-type": "text/plain" }, "{}"))
          .status,
      ).toBe(403);
    expect((await send(sandbox.url + smsPath, sms(), asApp)).status).toBe(500);
  });

  test("answers 405 to PUT, 403 to OPTIONS from another site, and 413 to a body of 300 KiB", async () => {
    expect((await page.ask("PUT", "/sandbox/fault", json, "{}")).status).toBe(405);
    expect(
      (await page.ask("OPTIONS", "/sandbox/fault", { origin: "https://evil.example" })).status,
    ).toBe(403);
    expect((await page.ask("POST", "/sandbox/fault", json, " ".repeat(300 * 1024))).status).toBe(
      413,
    );
  });

  test.each([...reads, "/sandbox/hooks"])(
    "sends %s with headers against framing, foreign content and content sniffing",
    async (path) => {
      // The answer 200 of the stream never ends. Its answer 403 ends, and has the same headers.
      const asked = path.endsWith("stream") ? { "sec-fetch-site": "cross-site" } : {};
      const { headers } = await page.ask("GET", path, asked);
      expect(headers).toMatchObject({
        "content-security-policy": expect.stringMatching(
          /^default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'(?!.*unsafe)/,
        ) as unknown,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(headers).not.toHaveProperty("access-control-allow-origin");
    },
  );
});

describe("the API for end-to-end tests", () => {
  const latest = async (query: string) =>
    (await page.get(`/sandbox/messages/latest?${query}`)).json() as MessageItem;
  const sendSms = (destination: string, code: string) =>
    send(sandbox.url + smsPath, sms({ destination, text: `Your code is ${code}` }), asApp);

  test("waits for the next message to a number, and returns its code", async () => {
    const waiting = latest("to=+12025550111&wait=60");
    await sendSms("+12025550112", "111111");
    await sendSms("+12025550111", "438201");
    expect(await waiting).toMatchObject({
      to: "+12025550111",
      code: "438201",
      text: "Your code is 438201",
    });
  });

  test("returns the code and the language of a voice call", async () => {
    const after = new Date().toISOString();
    const spoken = {
      text: "Votre code est, 9, 9, 8, 8, 7, 7.",
      voiceProfile: "fr-FR-DeniseNeural",
    };
    await send(`${sandbox.url}/api/v1/subaccounts/local_voice/callflows`, call({}, spoken), asApp);
    expect(await latest(`after=${after}&wait=60`)).toMatchObject({
      code: "998877",
      language: "fr-FR",
    });
  });

  test("selects messages by number, `n` and time, and lists the oldest first", async () => {
    for (const code of ["1001", "1002", "1003"]) await sendSms("+12025550114", code);
    let third: MessageItem;
    do third = await latest("to=%2B12025550114&wait=60");
    while (third.code !== "1003");
    const codes = async (query: string) =>
      (
        (await page.get(`/sandbox/messages?${query}`)).json() as { messages: MessageItem[] }
      ).messages.map(({ code }) => code);
    expect(await codes("to=+12025550114")).toEqual(["1001", "1002", "1003"]);
    expect(await codes(`to=12025550114&after=${third.n - 1}`)).toEqual(["1003"]);
    expect(await codes(`to=12025550114&after=${third.at}`)).toContain("1003");
    expect(await codes("after=2999-01-01T00:00:00Z")).toEqual([]);
  });

  /** Invalid queries. `Date` would read hook-7 as a day in July, and 1764000000 as 1970. */
  const wrong = [
    ...["wait=soon", "wait=-1", "wait=3600", "to="],
    ...["after=yesterday", "after=-1", "after=hook-7", "after=1764000000"],
  ];

  test("answers 404 if no message matches before the wait ends, and 400 to an invalid query", async () => {
    for (const query of ["to=+15550000000", "to=+15550000000&wait=0.1"])
      expect((await page.get(`/sandbox/messages/latest?${query}`)).status).toBe(404);
    for (const query of wrong) {
      const { status, text } = await page.get(`/sandbox/messages/latest?${query}`);
      expect([status, text]).toEqual([
        400,
        expect.stringMatching(/^\{"error":"(?:wait|after|to) must be /),
      ]);
    }
  });
});

const hooks: [string, object][] = [
  ["/sandbox/hooks", { channel: "sms", phoneNumber: "+12025550123" }],
  ["/sandbox/hooks/replay", { n: 1 }],
];
test("the page's server answers 409 with the reason if no app runs or the app accepts only tokens", async () => {
  const refused = async (words: string) => {
    for (const [path, body] of hooks) {
      const { status, text } = await page.post(path, body);
      expect([status, text]).toEqual([409, expect.stringContaining(words)]);
    }
  };
  await refused("npm start runs no app with this page.");
  expect((await page.get("/sandbox/settings")).status).toBe(409);
  expect((await page.post("/sandbox/fault", { of: "vault", fault: "down" })).text).toContain(
    "--azure",
  );
  const [url, secret] = ["http://127.0.0.1:9/", "it's local"];
  phone.serves({
    url,
    authHeader: "authorization",
    secret: () => secret,
    eventsUrl: url,
    eventSecret: secret,
    healthUrl: url,
    observed: false,
    switchSecondHook: () => Promise.resolve(),
    settings: { OKTA_HOOK_AUTH: "token" },
  });
  await refused("OKTA_HOOK_AUTH=either");
});
