import { systemClock } from "../../src/timing/clock.ts";
import { createSenders } from "../../src/8x8/channels.ts";
import { createDeliver } from "../../src/8x8/deliver.ts";
import type { OtpDelivery } from "../../src/delivery/otp-delivery.ts";
import { MessageText } from "../../src/delivery/redacted.ts";
import { startDeadline } from "../../src/timing/deadline.ts";
import { sampleDelivery, samplePhoneNumber } from "../delivery/sample-delivery.ts";
import { laptop, load, voice } from "../settings/sample-settings.ts";
import { httpAnswer, startRawServer } from "./raw-server.ts";
import { keysOf } from "./delivering.ts";

/** All that is written to 8x8, the port aside. */
async function written(settings: Record<string, string>, changes: Partial<OtpDelivery>, to: string): Promise<string> {
  const server = await startRawServer({ onRequest: (socket) => socket.write(httpAnswer("{}")) });
  const urls = { EIGHT_BY_EIGHT_SMS_URL: server.url, EIGHT_BY_EIGHT_VOICE_URL: server.url };
  const senders = createSenders(systemClock, load({ ...urls, ...settings }, laptop).channels);
  const budget = startDeadline(systemClock, 60_000);
  await createDeliver(systemClock, senders, keysOf(["key"]))(sampleDelivery(changes), samplePhoneNumber(to), budget);
  budget.end();
  await Promise.all(Object.values(senders).map(async (sender) => sender?.client.close()));
  await server.close();
  return server.requests.join("").replace(`:${server.port}`, "").replaceAll("\r\n", "\n");
}

function request(path: string, body: string): string {
  const head = [
    `POST /api/v1/subaccounts/${path} HTTP/1.1`,
    ...["host: 127.0.0.1", "connection: keep-alive", "authorization: Bearer key", "content-type: application/json"],
    ...["accept: application/json", `content-length: ${Buffer.byteLength(body)}`],
  ];
  return `${head.join("\n")}\n\n${body}`;
}

const numbers = ["+12025550123", "+6591234567", "+919876543210", "+447700900123", "+870773111632"];
const expiry = "2030-01-01T00:05:00.000Z";
const eventId = "uS5871kJThSsU8qlA1LTcg";

test.each(numbers)("without maps by country, an SMS to %s is what it always was, byte for byte", async (to) => {
  const own = { text: new MessageText("Acme: 012345"), clientIp: "8.8.8.8" };
  expect(await written({}, {}, to)).toBe(
    request(
      "acme_hq/messages",
      `{"destination":"${to}","text":"Your verification code is 012345","encoding":"AUTO","clientMessageId":"${eventId}","expiry":"${expiry}"}`,
    ),
  );
  expect(await written({ EIGHT_BY_EIGHT_SMS_SENDER: "Acme" }, own, to)).toBe(
    request(
      "acme_hq/messages",
      `{"destination":"${to}","text":"Acme: 012345","source":"Acme","encoding":"AUTO","clientMessageId":"${eventId}","expiry":"${expiry}","clientIp":"8.8.8.8"}`,
    ),
  );
});

test.each(numbers)("without maps by country, a call to %s is what it always was, byte for byte", async (to) => {
  const say = `{"text":"Your verification code is, 0, 1, 2, 3, 4, 5.","voiceProfile":"en-GB-Emma","repetition":3,"speed":0.75}`;
  expect(await written(voice as Record<string, string>, { channel: "voice" }, to)).toBe(
    request(
      "acme_voice/callflows",
      `{"validUntil":"${expiry}","callflow":[{"action":"makeCall","params":{"source":"+6588000000","destination":"${to}"}},{"action":"say","params":${say}},{"action":"hangup"}]}`,
    ),
  );
});
