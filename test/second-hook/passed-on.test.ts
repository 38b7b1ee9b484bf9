import { createServer, request, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { hookBody } from "../../tools/sandbox/okta.ts";
import { hookAnswer } from "../../tools/sandbox/second-hook.ts";
import { hookSecret, startApp, type App } from "../app.ts";
import { until } from "../until.ts";
import { call, code, secondSecret, startTwo, type TwoProviders } from "./two-providers.ts";

const all = { SECOND_HOOK_FIRST_FOR: "all" };

/** Posts bytes with only the headers below, because fetch would add its own headers. */
async function postBytes(url: string, body: Buffer): Promise<number | undefined> {
  const headers = { "content-type": "application/json", authorization: hookSecret };
  const post = request(`${url}/api/okta/telephony`, {
    method: "POST",
    headers: { ...headers, "content-length": body.length, "x-okta-request": "a header of Okta's" },
  });
  post.end(body);
  const [response] = (await once(post, "response")) as [{ statusCode?: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

describe("what the second hook gets", () => {
  let two: TwoProviders;
  afterEach(() => two.close());

  test("the second hook gets the exact bytes of Okta's body and its own secret, but no header of Okta's", async () => {
    two = await startTwo(all, { header: "auth_secret" });
    const written = JSON.stringify(code(), undefined, 3)
      .replace('"firstName": "test"', '"firstName": "Zo\\u00eb é \\ud83d 👩‍👩‍👧 \u2028 \\/"')
      .replace('"otpCode": "11111"', '"otpCode" :  "011111"');
    const body = Buffer.concat([
      Buffer.from("\ufeff"),
      Buffer.from(written),
      Buffer.from("\r\n \t"),
    ]);
    expect(await postBytes(two.app.url, body)).toBe(200);
    const rawHeaders = two.second.requests[0]?.rawHeaders ?? [];
    const got = two.second.requests[0]?.body ?? Buffer.alloc(0);
    expect(got.equals(body)).toBe(true);
    const names = rawHeaders
      .filter((_, index) => index % 2 === 0)
      .map((name) => name.toLowerCase());
    expect(names.toSorted()).toEqual([
      ...["auth_secret", "connection", "content-length", "content-type", "host", "x-passed-on-by"],
    ]);
    expect(rawHeaders).toEqual(
      expect.arrayContaining([
        "auth_secret",
        secondSecret,
        "application/json",
        "okta-8x8-telephony",
      ]),
    );
    expect(rawHeaders.join()).not.toContain(hookSecret);
  });

  test("the app passes no ID or text of the second hook to Okta or to the log", async () => {
    two = await startTwo(all);
    const words = "code 84067315 for +4915123456789";
    two.second.behave({ body: { ...hookAnswer("SUCCESSFUL", words), debugContext: { words } } });
    const { judged, text } = await two.app.post(code());
    expect(judged.answer).toBe("successful");
    two.second.behave({ status: 400, body: { error: { errorSummary: words } } });
    two.app.eightByEight.fail("sms", { fault: "hang" });
    const failed = await two.app.passing(two.app.post(code()));
    expect(failed.judged.answer).toBe("failed");
    expect(text + failed.text + two.app.output()).not.toMatch(/84067315|4915123456789/);
  });

  test("the app posts each code once, to the path in SECOND_HOOK_URL", async () => {
    two = await startTwo(all);
    await two.app.post(code());
    await two.app.post(code({ messageProfile: call }));
    expect(two.second.requests.map(({ path }) => path)).toEqual([
      "/okta/telephony",
      "/okta/telephony",
    ]);
  });
});

describe("a second hook that leads back to the app", () => {
  let app: App;
  let proxy: Server;
  let passed: number;
  let dropped: readonly string[];
  /** Starts an app whose second hook is a proxy. The proxy sends each request back to the app. */
  async function startLoop(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    passed = 0;
    dropped = [];
    proxy = createServer((incoming, response) => {
      passed += 1;
      const headers = { ...incoming.headers, authorization: hookSecret };
      for (const name of ["host", ...dropped]) Reflect.deleteProperty(headers, name);
      const on = request(`${app.url}/api/okta/telephony`, { method: "POST", headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, { "content-type": "application/json" });
        answer.pipe(response);
      });
      incoming.pipe(on);
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`;
    app = await startApp({
      SECOND_HOOK_URL: url,
      SECOND_HOOK_SECRET: "the-second-secret",
      ...settings,
    });
  }
  afterEach(async () => {
    await app.stop();
    proxy.closeAllConnections();
    proxy.close();
  });

  test.each([
    ["passes on the header x-passed-on-by", []],
    ["drops the header x-passed-on-by", ["x-passed-on-by"]],
  ])(
    "if a proxy %s, a code comes back to the app only once, and 8x8 sends the code",
    async (_, headers) => {
      await startLoop(all);
      dropped = headers;
      expect((await app.post(code())).judged.answer).toBe("successful");
      expect([passed, app.eightByEight.requests.length]).toEqual([1, 1]);
    },
  );

  test("while voice is off, a call comes back to the app only once, and the app refuses the call", async () => {
    await startLoop({ EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "", EIGHT_BY_EIGHT_VOICE_SOURCE: "" });
    dropped = ["x-passed-on-by"];
    const { judged } = await app.post(code({ messageProfile: call }));
    expect([judged.answer, passed]).toEqual(["failed", 1]);
  });

  test("the app passes a request with the header x-passed-on-by only to 8x8", async () => {
    await startLoop(all);
    const headers = { "x-passed-on-by": "anything" };
    expect((await app.post(code(), headers)).judged.answer).toBe("successful");
    expect([passed, app.eightByEight.requests.length]).toEqual([0, 1]);
  });

  test("while a request is pending, only 8x8 gets a second request with the same event ID", async () => {
    await startLoop(all);
    dropped = ["x-passed-on-by"];
    const body = hookBody({ messageProfile: { phoneNumber: "+4915123456789" } });
    const answers = await Promise.all([app.post(body), app.post(body)]);
    expect(answers.map(({ judged }) => judged.answer)).toEqual(["successful", "successful"]);
    await until(() => app.eightByEight.requests.length === 2);
    expect(passed).toBe(1);
    // After both answers, the second hook gets a third request with the same event ID.
    await app.post(body);
    expect(passed).toBe(2);
  });
});
