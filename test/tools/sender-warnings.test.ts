import { senderRules } from "../../tools/sender-rules.ts";
import { senderWarnings } from "../../tools/sender-warnings.ts";
import { loadSettings } from "../../src/settings/settings.ts";
import { azure } from "../settings/sample-settings.ts";

function warningsOf(settings: Record<string, string>) {
  const { config, problems } = loadSettings({ ...azure, ...settings });
  expect(problems).toEqual([]);
  return config ? senderWarnings(config) : [];
}

function warned(settings: Record<string, string>): string[] {
  return warningsOf(settings)
    .map(({ country }) => country)
    .sort();
}

/** Leaves out other countries, for which rules may be added. */
const american = (settings: Record<string, string>) =>
  warned(settings).filter((country) => ["US", "CA", "+1"].includes(country));

test("senderWarnings() warns about a sender with letters for the US and Canada if all countries are allowed", () => {
  expect(american({ EIGHT_BY_EIGHT_SMS_SENDER: "Acme" })).toEqual(["+1", "CA", "US"]);
  expect(warned({ EIGHT_BY_EIGHT_SMS_SENDERS: '{"US":"Acme"}' })).toEqual(["US"]);
});

test("senderWarnings() warns about a sender with letters for +1 numbers of an unknown country", () => {
  const named = '"US":"+18335550100","CA":"74747"';
  const senders = (more: string) => american({ EIGHT_BY_EIGHT_SMS_SENDERS: `{${named},${more}}` });
  expect(senders('"*":"Acme"')).toEqual(["+1"]);
  expect(senders('"+1":"Acme"')).toEqual(["+1"]);
  expect(senders('"+1":"74747","*":"Acme"')).toEqual([]);
  expect(senders('"+1":null,"*":"Acme"')).toEqual([]);
});

test("senderWarnings() leaves out countries that the phone policy excludes", () => {
  const sender = { EIGHT_BY_EIGHT_SMS_SENDER: "Acme" };
  expect(american({ ...sender, PHONE_POLICY_ALLOWED_COUNTRIES: "DE,GB" })).toEqual([]);
  expect(american({ ...sender, PHONE_POLICY_BLOCKED_COUNTRIES: "US" })).toEqual(["+1", "CA"]);
  expect(american({ ...sender, PHONE_POLICY_BLOCKED_COUNTRIES: "US,CA" })).toEqual([]);
});

test("senderWarnings() warns about an allowed country that requires registration if the settings have no entry for it", () => {
  const allowed = { PHONE_POLICY_ALLOWED_COUNTRIES: "SG,IN" };
  expect(warned({ ...allowed, EIGHT_BY_EIGHT_SMS_SENDER: "Acme" })).toEqual(["IN", "SG"]);
  expect(warned({ EIGHT_BY_EIGHT_SMS_SENDER: "Acme" })).not.toContain("SG");
  const senders = (map: string) => warned({ ...allowed, EIGHT_BY_EIGHT_SMS_SENDERS: map });
  expect(senders('{"SG":"ACME","*":"Acme"}')).toEqual(["IN"]);
  expect(senders('{"SG":"ACME","IN":null,"*":"Acme"}')).toEqual([]);
  const toAmerica = {
    PHONE_POLICY_ALLOWED_COUNTRIES: "US",
    EIGHT_BY_EIGHT_SMS_SENDER: "+6588000000",
  };
  expect(warned(toAmerica)).toEqual(["US"]);
});

test("senderWarnings() is empty if 8x8 chooses the sender", () => {
  const allowed = { PHONE_POLICY_ALLOWED_COUNTRIES: Object.keys(senderRules).join() };
  expect(warned(allowed)).toEqual([]);
  expect(warned({ ...allowed, EIGHT_BY_EIGHT_SMS_SENDERS: '{"DE":"Acme"}' })).toEqual([]);
  expect(
    warned({ ...allowed, EIGHT_BY_EIGHT_SMS_SENDERS: '{"US":null,"CA":null,"SG":null,"*":null}' }),
  ).toEqual([]);
});

test("senderWarnings() never quotes the sender", () => {
  const settings = { EIGHT_BY_EIGHT_SMS_SENDER: "Acme", PHONE_POLICY_ALLOWED_COUNTRIES: "US,SG" };
  const words = warningsOf(settings).map(({ warning }) => warning);
  expect(words).toEqual([
    expect.stringMatching(
      /^has letters for US, whose operators accept only numbers: a 10DLC number/,
    ),
    expect.stringMatching(/^has no entry for SG, where you must register a name, with SSIR/),
    "has letters for +1, whose operators accept only numbers",
  ]);
});
