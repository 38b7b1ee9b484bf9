import { startDesk, type Desk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const reads = [
  "/",
  "/page.css",
  "/page.js",
  "/nothing",
  "/sandbox/stream",
  "/sandbox/messages",
  "/sandbox/messages/latest",
  "/sandbox/settings",
  "/sandbox/hooks/1/curl",
];
const writes = [
  "/sandbox/hooks",
  "/sandbox/hooks/replay",
  "/sandbox/sign-in",
  "/sandbox/fault",
  "/sandbox/receipt",
  "/sandbox/sms-pumping",
  "/nothing",
];
/** 8x8's own, which the app alone asks. */
const sms = "/api/v1/subaccounts/local_sms/messages";
const routes = [
  ...reads.map((path) => ["GET", path] as const),
  ...[...writes, sms].map((path) => ["POST", path] as const),
];
const json = { "content-type": "application/json" };

describe.each(routes)("%s %s", (method, path) => {
  const statusWith = async (headers: Record<string, string>) =>
    (await desk.ask(method, path, { ...json, ...headers }, method === "POST" ? "{}" : "")).status;

  test.each<Record<string, string>>([
    { host: "rebound.example" },
    { host: "127.0.0.1" },
    { host: "127.0.0.1:1" },
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:1" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("is 403 for another site's %j", async (headers) => {
    expect(await statusWith(headers)).toBe(403);
  });
});

test("a page of its own, a person and a program are let through", async () => {
  const { host } = new URL(desk.url);
  for (const headers of [
    {},
    { origin: desk.url, "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
    { host: `localhost:${new URL(desk.url).port}`, origin: `http://localhost:${new URL(desk.url).port}` },
    { host },
  ])
    expect((await desk.ask("GET", "/sandbox/messages", headers)).status).toBe(200);
});

test.each(writes)("a write to %s that is not declared as JSON is 415", async (path) => {
  for (const headers of [{}, { "content-type": "text/plain" }, { "content-type": "application/jsonp" }])
    expect((await desk.ask("POST", path, headers, "{}")).status).toBe(415);
});

test.each(["/sandbox/%66ault", "//sandbox/fault", "/x/../sandbox/fault", "/sandbox/./fault", "/sandbox/fault?x=1"])(
  "%s is no way around the checks",
  async (path) => {
    const target = { ...json, "sec-fetch-site": "cross-site" };
    expect((await desk.ask("POST", path, target, '{"fault":"500"}')).status).toBe(403);
  },
);

test("another site spends no fault that the app's next request is to meet", async () => {
  await desk.post("/sandbox/fault", { fault: "500", times: 1 });
  for (const stranger of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example" }])
    expect((await desk.ask("POST", sms, { ...stranger, "content-type": "text/plain" }, "{}")).status).toBe(403);
  const { n } = (await desk.post("/sandbox/hooks", { channel: "sms", phoneNumber: "+12025550123" })).json() as {
    n: number;
  };
  expect(await desk.hook(n, ({ answer }) => answer)).toMatchObject({ provider: [{ answer: { status: 500 } }] });
});

test("no other method is known, and a body of any size is not read", async () => {
  expect((await desk.ask("PUT", "/sandbox/fault", json, "{}")).status).toBe(405);
  expect((await desk.ask("OPTIONS", "/sandbox/fault", { origin: "https://evil.example" })).status).toBe(403);
  expect((await desk.ask("POST", "/sandbox/fault", json, " ".repeat(300 * 1024))).status).toBe(413);
});

test.each([...reads, "/sandbox/hooks"])(
  "%s may not be framed, may load nothing from elsewhere, and is not guessed at",
  async (path) => {
    // The stream does not end by itself: what refuses it has the same headers.
    const { headers } = await desk.ask("GET", path, path.endsWith("stream") ? { "sec-fetch-site": "cross-site" } : {});
    expect(headers).toMatchObject({
      "content-security-policy": expect.stringMatching(
        /^default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'/,
      ) as unknown,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  },
);
