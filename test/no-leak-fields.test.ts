import type * as z from "zod";
import type { FakeAzure } from "../tools/sandbox/azure.ts";
import {
  authenticatedBy,
  enrolledBy,
  hookBody,
  hookFailed,
  sentByOkta,
} from "../tools/sandbox/okta.ts";
import { sessionSummary, smsReceipt } from "../src/8x8/receipt-schemas.ts";
import { logEvent } from "../src/okta/log-event.ts";
import { telephonyRequest } from "../src/okta/telephony-request.ts";
import { parseJson } from "../src/privacy/json.ts";
import { call, sms } from "./8x8/sample-receipts.ts";
import {
  createEventHookOf,
  inAzure,
  postTo,
  receiptSecret,
  startAzureHere,
  startApp,
  type App,
} from "./app.ts";
import { fieldsOf, withField } from "./every-field.ts";
import { formsOf } from "./printed-forms.ts";

const eventSecret = "the-event-secret-of-the-tests";
const phoneNumber = "+4915123456789";
const hidden = [
  ...[
    phoneNumber,
    phoneNumber.slice(1),
    "84067315",
    "Kennwort 84067315 bitte",
    "Drosselbart",
    "w.d@example.com",
  ],
  ...["0b6bf5c4-5b3f-4c0f-8d6e-4915123456789", "sms-4915123456789-1"],
];
const values: readonly unknown[] = [
  ...hidden,
  Number(phoneNumber),
  84067315,
  [phoneNumber],
  { [phoneNumber]: "x" },
];

let azure: FakeAzure;
let app: App;
const answers: string[] = [];
beforeEach(async () => {
  answers.length = 0;
  azure = await startAzureHere();
  azure.vault.set("receipt-secret", [{ value: receiptSecret }]);
  azure.vault.set("okta-event-secret", [{ value: eventSecret }]);
  app = await startApp(inAzure(azure));
});
afterEach(async () => {
  await app.stop();
  await azure.close();
});

async function fill(
  shape: z.ZodType,
  body: object,
  send: (body: object) => Promise<unknown>,
): Promise<number> {
  const fields = fieldsOf(shape, body);
  for (const path of fields)
    await Promise.all(values.map((value) => send(withField(body, path, value))));
  return fields.length;
}

/** Returns the path of a property whose name or value contains the text. */
function pathTo(text: string, within: unknown): string | undefined {
  if (typeof within !== "object" || within === null)
    return String(within).includes(text) ? "" : undefined;
  const paths = Object.entries(within).map(([name, value]) => {
    const rest = name.includes(text) ? "" : pathTo(text, value);
    return rest === undefined ? undefined : `.${name.replaceAll(text, "…")}${rest}`;
  });
  return paths.find((path) => path !== undefined);
}

async function expectNothingPrinted(): Promise<void> {
  await app.stop();
  const { envelopes } = azure.ingestion;
  const sinks: readonly (readonly [name: string, text: string, parsed?: unknown])[] = [
    ["the log", app.output()],
    ["telemetry", JSON.stringify(envelopes), envelopes],
    ["answers", answers.join(), answers.map(parseJson)],
  ];
  for (const [sink, text, parsed] of sinks)
    for (const form of [...new Set(hidden.flatMap(formsOf))])
      if (text.includes(form))
        throw new Error(`"${form}" is in ${sink}${pathTo(form, parsed) ?? ""}`);
}

test("the app leaks no sensitive value from any field of a request", async () => {
  const body = hookBody({ messageProfile: { phoneNumber: "+4915199999999", otpCode: "123456" } });
  const send = async (changed: object) => answers.push((await app.post(changed)).text);
  expect(await fill(telephonyRequest, body, send)).toBeGreaterThan(10);
  await expectNothingPrinted();
  expect(azure.ingestion.events("otp-delivery").length).toBeGreaterThan(100);
});

test("the app leaks no sensitive value from any field of 8x8's receipts", async () => {
  const send = async (changed: object) => {
    const headers = { authorization: `Bearer ${receiptSecret}` };
    answers.push(await (await postTo(`${app.url}/api/8x8/receipts`, changed, headers)).text());
  };
  expect(await fill(smsReceipt, sms("undelivered"), send)).toBeGreaterThan(10);
  expect(await fill(sessionSummary, call("ERROR"), send)).toBeGreaterThan(8);
  await expectNothingPrinted();
  expect(azure.ingestion.events("otp-receipt").length).toBeGreaterThan(200);
});

test("the app leaks no sensitive value from any field of Okta's events", async () => {
  const okta = createEventHookOf(app, eventSecret);
  const send = async (changed: object) => {
    for (const { text } of await okta.deliverCarelessly([changed])) answers.push(text);
  };
  for (const event of [
    authenticatedBy("sms"),
    enrolledBy("voice"),
    sentByOkta("sms", true),
    hookFailed(),
  ]) {
    expect(await fill(logEvent, event, send)).toBeGreaterThan(10);
    // The app sends at most 60 events of one name in a minute, so start a new minute.
    app.clock.turn(60_000);
  }
  await expectNothingPrinted();
  const kinds = new Set(azure.ingestion.events().map(({ name }) => name));
  expect(kinds).toEqual(new Set(["otp-outcome", "okta-fallback", "okta-hook-failed"]));
});
