import { senderRules } from "../../src/delivery/sender-rules.ts";
import { loadSettings } from "../../src/settings/settings.ts";
import { azure } from "./sample-settings.ts";

/** Each doubtful setting with its country. */
function doubts(settings: Record<string, string>): string[] {
  const { problems, doubts: found } = loadSettings({ ...azure, ...settings });
  expect(problems).toEqual([]);
  for (const { doubt } of found) expect(doubt).not.toBe("");
  return found.map(({ name, country }) => `${name} ${country}`).sort();
}

/** Those of North America alone: another country's rule may come to the table. */
const american = (settings: Record<string, string>) =>
  doubts(settings).filter((doubt) => / (?:US|CA|\+1)$/.test(doubt));

test("letters for the US or Canada are doubtful, whoever else is served", () => {
  expect(american({ EIGHT_BY_EIGHT_SMS_SENDER: "Acme" })).toEqual([
    ...[
      "EIGHT_BY_EIGHT_SMS_SENDER +1",
      "EIGHT_BY_EIGHT_SMS_SENDER CA",
      "EIGHT_BY_EIGHT_SMS_SENDER US",
    ],
  ]);
  expect(doubts({ EIGHT_BY_EIGHT_SMS_SENDERS: '{"US":"Acme"}' })).toEqual([
    "EIGHT_BY_EIGHT_SMS_SENDERS US",
  ]);
});

test("they are for a number of +1 whose country nobody knows, which has no sender of the two countries", () => {
  const named = '"US":"+18335550100","CA":"74747"';
  const senders = (more: string) => american({ EIGHT_BY_EIGHT_SMS_SENDERS: `{${named},${more}}` });
  expect(senders('"*":"Acme"')).toEqual(["EIGHT_BY_EIGHT_SMS_SENDERS +1"]);
  expect(senders('"+1":"Acme"')).toEqual(["EIGHT_BY_EIGHT_SMS_SENDERS +1"]);
  expect(senders('"+1":"74747","*":"Acme"')).toEqual([]);
  expect(senders('"+1":null,"*":"Acme"')).toEqual([]);
});

test("they are not where neither is served", () => {
  const sender = { EIGHT_BY_EIGHT_SMS_SENDER: "Acme" };
  expect(american({ ...sender, PHONE_POLICY_ALLOWED_COUNTRIES: "DE,GB" })).toEqual([]);
  expect(american({ ...sender, PHONE_POLICY_BLOCKED_COUNTRIES: "US" })).toEqual([
    ...["EIGHT_BY_EIGHT_SMS_SENDER +1", "EIGHT_BY_EIGHT_SMS_SENDER CA"],
  ]);
  expect(american({ ...sender, PHONE_POLICY_BLOCKED_COUNTRIES: "US,CA" })).toEqual([]);
});

test("an allowed country that has the sender of the rest is doubtful where senders are registered", () => {
  const allowed = { PHONE_POLICY_ALLOWED_COUNTRIES: "SG,IN" };
  expect(doubts({ ...allowed, EIGHT_BY_EIGHT_SMS_SENDER: "Acme" })).toEqual([
    ...["EIGHT_BY_EIGHT_SMS_SENDER IN", "EIGHT_BY_EIGHT_SMS_SENDER SG"],
  ]);
  expect(doubts({ EIGHT_BY_EIGHT_SMS_SENDER: "Acme" })).not.toContain(
    "EIGHT_BY_EIGHT_SMS_SENDER SG",
  );
  const senders = (map: string) => doubts({ ...allowed, EIGHT_BY_EIGHT_SMS_SENDERS: map });
  expect(senders('{"SG":"ACME","*":"Acme"}')).toEqual(["EIGHT_BY_EIGHT_SMS_SENDERS IN"]);
  expect(senders('{"SG":"ACME","IN":null,"*":"Acme"}')).toEqual([]);
  const toAmerica = {
    PHONE_POLICY_ALLOWED_COUNTRIES: "US",
    EIGHT_BY_EIGHT_SMS_SENDER: "+6588000000",
  };
  expect(doubts(toAmerica)).toEqual(["EIGHT_BY_EIGHT_SMS_SENDER US"]);
});

test("nothing is where 8x8 chooses the sender", () => {
  const allowed = { PHONE_POLICY_ALLOWED_COUNTRIES: Object.keys(senderRules).join() };
  expect(doubts(allowed)).toEqual([]);
  expect(doubts({ ...allowed, EIGHT_BY_EIGHT_SMS_SENDERS: '{"DE":"Acme"}' })).toEqual([]);
  expect(
    doubts({ ...allowed, EIGHT_BY_EIGHT_SMS_SENDERS: '{"US":null,"CA":null,"SG":null,"*":null}' }),
  ).toEqual([]);
});

test("a guard that enforces is where no country has numbers", () => {
  expect(doubts({ GUARD_MODE: "enforce" })).toEqual(["GUARD_MODE undefined"]);
  expect(doubts({ GUARD_MODE: "enforce", GUARD_COUNTRY_BUDGET: '{"*":900}' })).toEqual([]);
  expect(doubts({ GUARD_MODE: "enforce", GUARD_COUNTRY_LIMITS: '{"US":{"calls":9}}' })).toEqual([]);
  expect(doubts({})).toEqual([]);
});

test("a country's limits are where one of them never refuses anybody", () => {
  const limits = (others: string) =>
    doubts({ GUARD_COUNTRY_LIMITS: `{"US":{"others":"${others}","calls":9}}` });
  expect(limits("3/2/9")).toEqual(["GUARD_COUNTRY_LIMITS undefined"]);
  expect(limits("1/3/2")).toEqual(["GUARD_COUNTRY_LIMITS undefined"]);
  expect(limits("2/2/2")).toEqual([]);
});

test("a default country is where it is not served", () => {
  const germans = { PHONE_DEFAULT_COUNTRY: "DE" };
  expect(doubts({ ...germans, PHONE_POLICY_ALLOWED_COUNTRIES: "GB" })).toEqual([
    "PHONE_DEFAULT_COUNTRY undefined",
  ]);
  expect(doubts({ ...germans, PHONE_POLICY_BLOCKED_COUNTRIES: "DE" })).toEqual([
    "PHONE_DEFAULT_COUNTRY undefined",
  ]);
  expect(doubts({ ...germans, PHONE_POLICY_BLOCKED_COUNTRIES: "GB" })).toEqual([]);
  expect(doubts({ ...germans, PHONE_POLICY_ALLOWED_COUNTRIES: "DE,GB" })).toEqual([]);
});

test("no sender is in the words for the log", () => {
  const settings = { EIGHT_BY_EIGHT_SMS_SENDER: "Acme", PHONE_POLICY_ALLOWED_COUNTRIES: "US,SG" };
  const words = loadSettings({ ...azure, ...settings }).doubts.map(({ doubt }) => doubt);
  expect(words).toEqual([
    expect.stringMatching(
      /^has letters for US, whose operators take numbers alone: a 10DLC number/,
    ),
    expect.stringMatching(/^has no entry for SG, where one registers a name, with SSIR/),
    "has letters for +1, whose operators take numbers alone",
  ]);
});

test("every rule says what to register, and where that was read", () => {
  for (const { register, source } of Object.values(senderRules)) {
    expect(register).toMatch(/^(?!$)[^.]+$/);
    expect(source).toMatch(/^https:\/\//);
  }
});
