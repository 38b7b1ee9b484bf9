import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { start8x8, type Sandbox8x8 } from "../../../../tools/sandbox/8x8.ts";
import { apiKey, send, sms, smsPath } from "./well-formed.ts";
import { repeatAfterMs } from "../../../../tools/sandbox/8x8/webhooks.ts";
import { until } from "../../../until.ts";

let sandbox: Sandbox8x8;
/** Statuses of the answers to the next receipts. Later receipts get 200. */
let statuses: number[];
const server = createServer((_, response) => response.writeHead(statuses.shift() ?? 200).end());
beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
beforeEach(async () => {
  statuses = [];
  sandbox = await start8x8({
    apiKey,
    subAccounts: { sms: "acme_sms" },
    repeatAfterMs: [10, 20, 30, 40],
  });
  sandbox.sendReceiptsTo(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    "Bearer a-secret",
  );
});
afterEach(() => sandbox.close());
afterAll(() => server.close());

async function sendSms(tries: number) {
  const { sent } = sandbox.webhooks;
  const before = sent.length;
  await send(sandbox.url + smsPath, sms());
  await until(() => sent[before]?.statuses.length === tries);
  return sent.slice(before);
}

// https://developer.8x8.com/connect/docs/delivery-receipts-for-outbound-sms
test("the sandbox repeats a receipt after a 4xx or a 5xx, at most four times", async () => {
  expect(repeatAfterMs).toEqual([1_000, 10_000, 30_000, 90_000]);
  sandbox.setFate({ receipt: "rejected", delayMs: 20 });
  statuses = [404, 503];
  expect(await sendSms(3)).toMatchObject([{ statuses: [404, 503, 200] }]);
  statuses = Array<number>(6).fill(500);
  await sendSms(5);
  expect(statuses).toEqual([500]);
});

test("the sandbox's receipt of a queued SMS contains its text, as in 8x8's newest format", async () => {
  sandbox.setFate({ receipt: "queued", delayMs: 20 });
  expect(JSON.stringify(await sendSms(1))).toContain("Your code is 11111");
});
