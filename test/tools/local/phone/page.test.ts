import { createPhone } from "../../../../tools/local/phone.ts";
import type { AppAnswer, MessageItem } from "../../../../tools/local/phone/protocol.ts";
import { start8x8, type Sandbox8x8 } from "../../../../tools/sandbox/8x8.ts";
import { clientOf } from "./desk.ts";

// Tests the phone page's server without an app behind it.
const apiKey = "the-key-of-this-test";
const phone = createPhone();
let sandbox: Sandbox8x8;
let page: ReturnType<typeof clientOf>;
beforeAll(async () => {
  sandbox = await start8x8({ apiKey, ...phone.sandboxOptions });
  phone.attach(sandbox, { behave: () => undefined });
  page = clientOf(sandbox.url);
});
afterAll(() => sandbox.close());

const json = { "content-type": "application/json" };
const smsPath = "/api/v1/subaccounts/local_sms/messages";
const sendAsApp = (path: string, body: object) =>
  page.ask("POST", path, { ...json, authorization: `Bearer ${apiKey}` }, JSON.stringify(body));

describe("the page's server", () => {
  test.each([
    ["GET", "/"],
    ["POST", "/sandbox/hooks"],
    ["POST", "/sandbox/%66ault"],
    ["POST", "//sandbox/fault"],
    // This path belongs to 8x8's API, which only the app calls.
    ["POST", smsPath],
  ])(
    "the page's server answers 403 if a page of another site sends %s %s",
    async (method, path) => {
      for (const headers of [
        { host: "rebound.example" },
        { host: "127.0.0.1:1" },
        { origin: "https://evil.example" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
      ] as Record<string, string>[]) {
        const body = method === "POST" ? "{}" : "";
        const { status } = await page.ask(method, path, { ...json, ...headers }, body);
        expect([headers, status]).toEqual([headers, 403]);
      }
    },
  );

  test("the page's server answers 200 to its own page, to a typed address and to programs", async () => {
    const { port, origin } = new URL(sandbox.url);
    for (const headers of [
      {},
      { origin, "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
      { host: `localhost:${port}`, origin: `http://localhost:${port}` },
    ])
      expect((await page.ask("GET", "/sandbox/app", headers)).status).toBe(200);
  });

  test("the page's server sends headers that prevent framing, foreign content and content sniffing", async () => {
    expect((await page.get("/")).headers).toMatchObject({
      "content-security-policy": expect.stringContaining("frame-ancestors 'none'") as unknown,
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    });
  });

  test.each([
    ["/sandbox/hooks", { channel: "fax", phoneNumber: "+1" }, 400, "channel"],
    ["/sandbox/hooks", { channel: "sms" }, 400, "phoneNumber: Write a phone number, such as +1"],
    ["/sandbox/fault", { of: "second-hook", fault: "hang" }, 409, "The second hook is off."],
    ["/sandbox/fault", { fault: "explode" }, 400, "8x8 has no such fault. The faults are: "],
    ["/sandbox/fault", { fault: "500", times: 0 }, 400, "times"],
    [
      "/sandbox/fault",
      { of: "vault", fault: "down" },
      400,
      "npx --no okta-8x8-telephony start --azure",
    ],
    ["/sandbox/hooks/replay", { n: 1_000_000 }, 404, "no such request"],
    ["/sandbox/sign-in", { message: 1_000_000 }, 404, "There is no message 1000000."],
    ["/sandbox/second-hook", { on: true }, 409, "No app runs with this page."],
  ])(
    "the page's server answers an invalid POST to %s with a sentence about the error: %j",
    async (path, body, status, words) => {
      const answer = await page.post(path, body);
      expect([answer.status, answer.json()]).toEqual([
        status,
        { error: expect.stringContaining(words) as unknown },
      ]);
    },
  );

  test("the page masks the app's secrets, and sends no request if the app accepts only tokens", async () => {
    const wish = { channel: "sms", phoneNumber: "+12025550123" };
    expect((await page.post("/sandbox/hooks", wish)).text).toContain("No app runs");
    const [url, secret] = ["http://127.0.0.1:9/", "it's local"];
    phone.serves({
      url,
      authHeader: "authorization",
      secret: () => secret,
      eventsUrl: url,
      eventSecret: secret,
      observed: false,
      tried: {},
      restart: () => Promise.resolve(),
      settings: { OKTA_HOOK_AUTH: "token", OKTA_HOOK_SECRET: secret },
    });
    const { status, text } = await page.post("/sandbox/hooks", wish);
    expect([status, text]).toEqual([409, expect.stringContaining("OKTA_HOOK_AUTH=either")]);
    const { settings } = (await page.get("/sandbox/app")).json() as AppAnswer;
    expect(settings).toContainEqual({ name: "OKTA_HOOK_SECRET", value: "••••••" });
  });
});

describe("the API for end-to-end tests", () => {
  const latest = async (query: string) =>
    (await page.get(`/sandbox/messages/latest?${query}`)).json() as MessageItem;
  const sendSms = (destination: string, code: string) =>
    sendAsApp(smsPath, { destination, text: `Your code is ${code}`, source: "Acme" });

  test("the API waits for the next message to a number, and returns the code in the message", async () => {
    const waiting = latest("to=+12025550111&wait=60");
    await sendSms("+12025550112", "111111");
    await sendSms("+12025550111", "438201");
    const message = await waiting;
    expect(message).toMatchObject({
      to: "+12025550111",
      code: "438201",
      text: "Your code is 438201",
    });
    const next = latest(`to=12025550111&after=${message.n}&wait=60`);
    await sendSms("+12025550111", "438202");
    expect(await next).toMatchObject({ code: "438202" });
  });

  test("the API returns the code and the language of a voice call", async () => {
    const { n } = await latest("");
    const spoken = {
      text: "Votre code est, 9, 9, 8, 8, 7, 7.",
      voiceProfile: "fr-FR-DeniseNeural",
      repetition: 2,
      speed: 0.8,
    };
    const callflow = [
      { action: "makeCall", params: { source: "+6588000000", destination: "+12025550123" } },
      { action: "say", params: spoken },
      { action: "hangup" },
    ];
    await sendAsApp("/api/v1/subaccounts/local_voice/callflows", { callflow });
    expect(await latest(`after=${n}&wait=60`)).toMatchObject({ code: "998877", language: "fr-FR" });
  });

  test("the API answers 404 if no message arrives in time, and 400 if the query is invalid", async () => {
    const status = async (query: string) =>
      (await page.get(`/sandbox/messages/latest?${query}`)).status;
    expect(await status("to=+15550000000&wait=0.1")).toBe(404);
    for (const query of ["wait=soon", "wait=-1", "wait=3600", "to=", "after=yesterday"])
      expect([query, await status(query)]).toEqual([query, 400]);
  });
});
