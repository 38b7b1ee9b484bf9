import { systemClock } from "../../src/timing/clock.ts";
import { createSenders } from "../../src/8x8/channels.ts";
import type { Channel } from "../../src/delivery/channels.ts";
import { sampleDelivery, samplePhoneNumber } from "../delivery/sample-delivery.ts";
import { load, voice } from "../settings/sample-settings.ts";

const numbers = {
  us: "+12025550123",
  singapore: "+6591234567",
  germany: "+4915112345678",
  // Of these the library knows the calling code alone.
  northAmerica: "+12995550123",
  satellite: "+870773111632",
};

/** The sender that a request for each number has. */
function senders(channel: Channel, settings: Record<string, string>): Record<string, unknown> {
  const sender = createSenders(systemClock, load({ ...voice, ...settings }).channels)[channel];
  const sent = Object.entries(numbers).map(([of, to]) => {
    const request = sender?.createRequest(sampleDelivery({ channel }), samplePhoneNumber(to));
    const body = request?.body as { source?: string; callflow?: { params: { source?: string } }[] };
    return [of, body.callflow === undefined ? body.source : body.callflow[0]?.params.source];
  });
  return Object.fromEntries(sent) as Record<string, unknown>;
}

test("an SMS has its country's sender, else its calling code's where nobody knows the country, else that of the rest", () => {
  const map = '{"US":"+18335550100","sg":"ACME","+1":"74747","+870":null,"*":"Acme"}';
  expect(senders("sms", { EIGHT_BY_EIGHT_SMS_SENDERS: map })).toEqual({
    ...{ us: "+18335550100", singapore: "ACME", germany: "Acme", northAmerica: "74747", satellite: undefined },
  });
});

test("a calling code is not for numbers whose country is known", () => {
  const sent = senders("sms", { EIGHT_BY_EIGHT_SMS_SENDERS: '{"+1":"74747","+65":"ACME"}' });
  expect(sent).toEqual({ northAmerica: "74747" });
});

test("where the rest has no sender, 8x8 chooses", () => {
  expect(senders("sms", { EIGHT_BY_EIGHT_SMS_SENDERS: '{"US":"+18335550100"}' })).toEqual({ us: "+18335550100" });
});

test("a call comes from its country's number, else from that of the rest", () => {
  const map = '{"US":"+18335550100","+870":"6591111111","*":"+6588000000"}';
  const settings = { EIGHT_BY_EIGHT_VOICE_SOURCE: "", EIGHT_BY_EIGHT_VOICE_SOURCES: map };
  const rest = { singapore: "+6588000000", germany: "+6588000000", northAmerica: "+6588000000" };
  expect(senders("voice", settings)).toEqual({ ...rest, us: "+18335550100", satellite: "6591111111" });
});

test("each channel is reached at an address of its own", async () => {
  const urls = { EIGHT_BY_EIGHT_SMS_URL: "http://127.0.0.1:9", EIGHT_BY_EIGHT_VOICE_URL: "http://127.0.0.1:10" };
  const both = createSenders(systemClock, load({ ...voice, ...urls }).channels);
  expect([both.sms?.client.host, both.voice?.client.host]).toEqual(["127.0.0.1:9", "127.0.0.1:10"]);
  await Promise.all([both.sms?.client.close(), both.voice?.client.close()]);
});
