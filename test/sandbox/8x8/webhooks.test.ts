import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { standIns } from "../../../sandbox/channels.ts";
import { start8x8, type Sandbox8x8 } from "../../../sandbox/8x8.ts";
import { apiKey, call, send, sms, smsPath, voicePath } from "../../../sandbox/8x8/well-formed.ts";
import { repeatAfterMs } from "../../../sandbox/8x8/webhooks.ts";
import { until } from "../../until.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

let sandbox: Sandbox8x8;
let received: Received[];
/** What the next requests are answered; 200 after that. */
let statuses: number[];
/** A receipt that was on its way when its test ended is not the next one's. */
let tests = 0;
const server = createServer((request, response) => {
  void text(request).then((body) => {
    const ours = receiver().endsWith(request.url ?? "");
    if (ours) received.push({ headers: request.headers, body, at: performance.now() });
    response.writeHead((ours ? statuses.shift() : undefined) ?? 200).end();
  });
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
beforeEach(async () => {
  tests++;
  received = [];
  statuses = [];
  const subAccounts = { sms: "acme_sms", voice: "acme&voice" };
  sandbox = await start8x8({ apiKey, subAccounts, repeatAfterMs: [10, 20, 30, 40] });
  sandbox.sendReceiptsTo(receiver(), "Bearer a-secret");
});
afterEach(() => sandbox.close());
afterAll(() => server.close());

const receiver = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/receipts/${tests}`;
const json = ({ body }: Received) => JSON.parse(body) as { payload: Record<string, unknown> };
const post = (path: string, body: object) => send(sandbox.url + path, body);
const soon = { delayMs: 20 } as const;

describe("8x8's sandbox sends to its webhooks", () => {
  test("that an SMS was sent and delivered, a second after it took it, with the webhook's header", async () => {
    const start = performance.now();
    const { umid } = (await (await post(smsPath, sms())).json()) as { umid: string };
    await until(() => received.length === 2);
    expect((received[1]?.at ?? 0) - start).toBeGreaterThan(900);
    expect(received.map(({ headers }) => [headers.authorization, headers["content-type"]])).toEqual(
      Array(2).fill(["Bearer a-secret", "application/json"]),
    );
    const sent = received.map((one) => json(one));
    expect(sent).toMatchObject([
      {
        namespace: "SMS",
        eventType: "outbound_message_status_changed",
        payload: { umid, clientMessageId: "e1", destination: "+12025550123", status: { state: "sent" } },
      },
      {
        payload: { umid, status: { state: "delivered", detail: "delivered_to_recipient" }, price: { currency: "USD" } },
      },
    ]);
  });

  test("how a call ended, by its session", async () => {
    sandbox.setFate({ receipt: "busy", ...soon });
    const { sessionId } = (await (await post(voicePath, call())).json()) as { sessionId: string };
    await until(() => received.length === 1);
    expect(received.map((one) => json(one))).toMatchObject([
      {
        namespace: "VOICE",
        eventType: "SESSION_SUMMARY",
        payload: { sessionId, sessionStatus: "BUSY", details: { callA: { destination: "+12025550123" } } },
      },
    ]);
  });

  test.each([...standIns.sms.fates, ...standIns.voice.fates, "garbage"] as const)(
    "whatever receipt is set: %s",
    async (receipt) => {
      sandbox.setFate({ receipt, ...soon });
      await post(smsPath, sms());
      await post(voicePath, call());
      const word = receipt === "garbage" ? '{"namespace":"sms"' : `"${receipt}"`;
      await until(() => received.some(({ body }) => body.toLowerCase().includes(word)));
    },
  );

  test("nothing, where that is set, where no webhook is set, or where the message was refused", async () => {
    sandbox.setFate({ receipt: "none", ...soon });
    await post(smsPath, sms());
    sandbox.setFate({ receipt: "delivered", ...soon });
    await post(smsPath, sms({ destination: "x" }));
    sandbox.webhooks.of.sms.clear();
    await post(smsPath, sms());
    await post(voicePath, call());
    await until(() => received.length > 0);
    expect(received.map(({ body }) => body)).toEqual([expect.stringContaining("SESSION_SUMMARY")]);
  });

  test("twice and in the wrong order, where that is set", async () => {
    sandbox.setFate({ receipt: "delivered", copies: 2, reversed: true, ...soon });
    await post(smsPath, sms());
    const { sent } = sandbox.webhooks;
    await until(() => sent.length === 4);
    const states = sent.map(({ body }) => (body as { payload: { status: { state: string } } }).payload.status.state);
    expect(states).toEqual(["delivered", "sent", "delivered", "sent"]);
  });

  test("the text of a message in the receipt that says queued, as 8x8's newest format does", async () => {
    sandbox.setFate({ receipt: "queued", ...soon });
    await post(smsPath, sms());
    await until(() => received.length === 1);
    expect(received[0]?.body).toContain("Your code is 11111");
  });

  test("again after a 4xx and a 5xx, four times at most", async () => {
    expect(repeatAfterMs).toEqual([1_000, 10_000, 30_000, 90_000]);
    sandbox.setFate({ receipt: "rejected", ...soon });
    statuses = [404, 503];
    await post(smsPath, sms());
    const { sent } = sandbox.webhooks;
    await until(() => sent[0]?.statuses.length === 3);
    expect(sent[0]?.statuses).toEqual([404, 503, 200]);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    statuses = [500, 500, 500, 500, 500];
    await post(smsPath, sms());
    await until(() => sent[1]?.statuses.length === 5);
    expect(received).toHaveLength(8);
  });

  test("what curl sets at its control, which refuses what it does not know", async () => {
    const control = `${sandbox.url}/sandbox/receipt`;
    expect((await send(control, { receipt: "undelivered", errorCode: 1, ...soon })).status).toBe(200);
    await post(smsPath, sms());
    await until(() => received.length === 2);
    const sent: unknown[] = received.map((receipt) => json(receipt).payload["status"]);
    expect(sent).toContainEqual(expect.objectContaining({ errorCode: 1 }));
    for (const wish of [
      { receipt: "lost" },
      { receipt: "sent", after: 1 },
      { receipt: "delivered", delayMs: "1" },
      "{",
    ])
      expect((await send(control, wish)).status).toBe(400);
  });
});

describe("8x8's webhook APIs in the sandbox", () => {
  const ask = async (method: string, path: string, body?: unknown, key = apiKey) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const answer = await fetch(sandbox.url + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    return [answer.status, await answer.json()] as const;
  };

  test("keep one webhook for each sub-account of SMS, and show no secret", async () => {
    const path = `/api/v1/accounts/${sandbox.accountId}/webhooks`;
    const webhook = { subAccountId: "acme_sms", url: "https://example.com/a", httpAuthorization: "Bearer x" };
    expect((await ask("POST", path, [webhook]))[0]).toBe(200);
    expect((await ask("POST", path, [{ ...webhook, url: "https://example.com/b" }]))[0]).toBe(200);
    expect(await ask("GET", path)).toEqual([
      200,
      [{ ...webhook, url: "https://example.com/b", httpAuthorization: "***", enabled: true }],
    ]);
    expect((await ask("DELETE", path, [{ subAccountId: "acme_sms" }]))[0]).toBe(200);
    expect(await ask("GET", path)).toEqual([200, []]);
  });

  test("keep one webhook for the summaries of a voice sub-account", async () => {
    const path = "/api/v1/subaccounts/acme_voice/webhooks";
    const webhook = { type: "VSS", url: "https://example.com/a", httpAuthHeader: "x", enabled: true };
    expect((await ask("POST", path, webhook))[0]).toBe(200);
    expect(await ask("GET", path)).toMatchObject([
      200,
      { count: 1, webhooks: [{ type: "VSS", httpAuthHeaderAvailable: true }] },
    ]);
    expect((await ask("DELETE", `${path}/VSS`))[0]).toBe(200);
    expect((await ask("DELETE", `${path}/VSS`))[0]).toBe(404);
    expect(await ask("GET", path)).toMatchObject([200, { count: 0 }]);
  });

  test.each<[string, string, unknown, number]>([
    ["a webhook without its sub-account", "accounts/ID", [{ url: "https://example.com" }], 400],
    ["a webhook that is no list", "accounts/ID", { subAccountId: "a", url: "https://example.com" }, 400],
    ["a URL that is none", "accounts/ID", [{ subAccountId: "a", url: "example" }], 400],
    ["another account", "accounts/another", [], 401],
    ["another type of voice webhook", "subaccounts/a", { type: "VCA", url: "https://example.com" }, 422],
  ])("refuse %s", async (_, scope, body, status) => {
    const path = `/api/v1/${scope.replace("ID", sandbox.accountId)}/webhooks`;
    expect((await ask("POST", path, body))[0]).toBe(status);
  });

  test("refuse a wrong key, and change nothing", async () => {
    const path = `/api/v1/accounts/${sandbox.accountId}/webhooks`;
    expect((await ask("DELETE", path, [{ subAccountId: "acme_sms" }], "wrong"))[0]).toBe(401);
    expect(sandbox.webhooks.of.sms.size).toBe(1);
  });
});
