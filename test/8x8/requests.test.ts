import { createSmsRequest } from "../../src/8x8/sms.ts";
import { createVoiceRequest, type VoiceSettings } from "../../src/8x8/voice.ts";
import type { Channel } from "../../src/rules/channels.ts";
import type { CodeRequest } from "../../src/rules/code-request.ts";
import { MessageText } from "../../src/privacy/redacted.ts";
import { sampleCodeRequest, samplePhoneNumber } from "../rules/sample-code-request.ts";
import { laptop, load, voice } from "../settings/sample-settings.ts";

interface RequestOptions {
  readonly codeRequest?: Partial<CodeRequest>;
  readonly settings?: Record<string, string>;
  readonly to?: string;
}

function request(channel: Channel, { codeRequest, settings, to }: RequestOptions = {}) {
  const { channels } = load({ EIGHT_BY_EIGHT_SMS_SENDER: "Acme", ...voice, ...settings }, laptop);
  const code = [sampleCodeRequest({ channel, ...codeRequest }), samplePhoneNumber(to)] as const;
  const { path, body } =
    channel === "sms"
      ? createSmsRequest(...code, channels.sms)
      : createVoiceRequest(...code, channels.voice as VoiceSettings);
  return { path, body: JSON.parse(JSON.stringify(body)) as Record<string, unknown> };
}
const sms = (codeRequest: Partial<CodeRequest> = {}, settings = {}) =>
  request("sms", { codeRequest, settings }).body;

describe("an SMS", () => {
  test("an SMS request has all the fields that the app uses", () => {
    const codeRequest = { text: new MessageText("Your code is 012345"), clientIp: "8.8.8.8" };
    expect(request("sms", { codeRequest })).toEqual({
      path: "/api/v1/subaccounts/acme_hq/messages",
      body: {
        destination: "+12025550123",
        text: "Your code is 012345",
        source: "Acme",
        encoding: "AUTO",
        clientMessageId: "uS5871kJThSsU8qlA1LTcg",
        expiry: "2030-01-01T00:05:00.000Z",
        clientIp: "8.8.8.8",
      },
    });
  });

  test("an SMS request omits the event ID, the expiry and the sender if they are unknown", () => {
    const unknown = { eventId: undefined, expiresAt: undefined };
    expect(sms(unknown, { EIGHT_BY_EIGHT_SMS_SENDER: "" })).toEqual({
      destination: "+12025550123",
      text: "Your verification code is 012345",
      encoding: "AUTO",
    });
  });

  test("an SMS request has the first 350 characters of the event ID as clientMessageId", () => {
    expect(sms({ eventId: "e".repeat(400) })["clientMessageId"]).toBe("e".repeat(350));
  });

  test("with EIGHT_BY_EIGHT_CLIENT_IP=omit, an SMS request has no client IP address", () => {
    expect(sms({ clientIp: "8.8.8.8" }, { EIGHT_BY_EIGHT_CLIENT_IP: "omit" })).not.toHaveProperty(
      "clientIp",
    );
  });

  test("an SMS request asks for tracking only if feedback is on", () => {
    expect(sms()).not.toHaveProperty("track");
    expect(sms({}, { EIGHT_BY_EIGHT_FEEDBACK: "send" })).toMatchObject({ track: "Outcome" });
  });
});

describe("a call", () => {
  test("a call reads the code three times, slowly, and hangs up", () => {
    expect(request("voice")).toEqual({
      path: "/api/v1/subaccounts/acme_voice/callflows",
      body: {
        validUntil: "2030-01-01T00:05:00.000Z",
        callflow: [
          { action: "makeCall", params: { source: "+6588000000", destination: "+12025550123" } },
          {
            action: "say",
            params: {
              text: "Your verification code is, 0, 1, 2, 3, 4, 5.",
              voiceProfile: "en-GB-Emma",
              repetition: 3,
              speed: 0.75,
            },
          },
          { action: "hangup" },
        ],
      },
    });
  });

  test("a call request omits validUntil if Okta sent no expiry", () => {
    expect(request("voice", { codeRequest: { expiresAt: undefined } }).body).not.toHaveProperty(
      "validUntil",
    );
  });
});

describe("the sender", () => {
  const numbers = {
    us: "+12025550123",
    singapore: "+6591234567",
    germany: "+4915112345678",
    // libphonenumber knows the calling code of the next two numbers, but not their country.
    northAmerica: "+12995550123",
    satellite: "+870773111632",
  };

  function senders(channel: Channel, map: string): object {
    const singleSender = {
      EIGHT_BY_EIGHT_SMS_SENDER: "",
      EIGHT_BY_EIGHT_VOICE_SOURCE: channel === "voice" ? "" : "+6588000000",
    };
    const settings = {
      ...singleSender,
      [`EIGHT_BY_EIGHT_${channel === "sms" ? "SMS_SENDERS" : "VOICE_SOURCES"}`]: map,
    };
    const sent = Object.entries(numbers).map(([of, to]) => {
      const body = request(channel, { settings, to }).body as {
        source?: string;
        callflow?: { params: { source?: string } }[];
      };
      return [of, body.callflow === undefined ? body.source : body.callflow[0]?.params.source];
    });
    return Object.fromEntries(sent) as object;
  }

  test("the app chooses the sender by country, or by calling code if the country is unknown, or else by *", () => {
    expect(
      senders("sms", '{"US":"+18335550100","sg":"ACME","+1":"74747","+870":null,"*":"Acme"}'),
    ).toEqual({
      us: "+18335550100",
      singapore: "ACME",
      germany: "Acme",
      northAmerica: "74747",
      satellite: undefined,
    });
    expect(senders("voice", '{"US":"+18335550100","+870":"6591111111","*":"+6588000000"}')).toEqual(
      {
        us: "+18335550100",
        satellite: "6591111111",
        singapore: "+6588000000",
        germany: "+6588000000",
        northAmerica: "+6588000000",
      },
    );
  });

  test("without *, 8x8 chooses the sender for a country without an entry, even if the country's calling code has one", () => {
    expect(senders("sms", '{"+1":"74747","+65":"ACME"}')).toEqual({ northAmerica: "74747" });
  });
});

test("the request path has %26 for an & in the name of a sub-account", () => {
  const settings = {
    EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "a&b.c-d_e",
    EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "a&b",
  };
  expect(request("sms", { settings }).path).toBe("/api/v1/subaccounts/a%26b.c-d_e/messages");
  expect(request("voice", { settings }).path).toBe("/api/v1/subaccounts/a%26b/callflows");
});
