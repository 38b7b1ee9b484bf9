import { createSmsRequest } from "../../src/8x8/sms.ts";
import { MessageText } from "../../src/privacy/redacted.ts";
import { sampleCodeRequest, samplePhoneNumber } from "../rules/sample-code-request.ts";
import { load, problemNames } from "../settings/sample-settings.ts";

const name = "MESSAGE_TEMPLATES";
const india = "+919876543210";

function textTo(to: string, templates: string, locale?: string): unknown {
  const { sms } = load({ [name]: templates }).channels;
  const codeRequest = sampleCodeRequest({ text: new MessageText("Okta's text 012345"), locale });
  return createSmsRequest(codeRequest, samplePhoneNumber(to), sms).body.text;
}

test("a country's template replaces Okta's text in that country only", () => {
  const templates = '{"IN":"{code} is your Acme code. ACMEIN"}';
  expect(textTo(india, templates)).toBe("012345 is your Acme code. ACMEIN");
  expect(textTo("+6591234567", templates)).toBe("Okta's text 012345");
});

test("a country's template is chosen by locale, then by language, then by *", () => {
  const templates = '{"IN":{"hi":"कोड {code}","en-GB":"Your code: {code}","*":"Code {code}"}}';
  const texts = ["hi-IN", "HI", "en_gb", "en", "ta", undefined].map((locale) =>
    textTo(india, templates, locale),
  );
  expect(texts).toEqual([
    ...[
      "कोड 012345",
      "कोड 012345",
      "Your code: 012345",
      "Code 012345",
      "Code 012345",
      "Code 012345",
    ],
  ]);
});

test("without a locale, the SMS has the country's template for *, not the English template", () => {
  const templates = '{"IN":{"en":"Your code: {code}","*":"Code {code}"}}';
  expect(textTo(india, templates)).toBe("Code 012345");
});

test("MESSAGE_TEMPLATES can have a template for a calling code and for *", () => {
  const templates = '{"+1":"Code {code}","*":"All: {code}"}';
  expect(["+12995550123", "+12025550123"].map((to) => textTo(to, templates))).toEqual([
    "Code 012345",
    "All: 012345",
  ]);
});

test("a template can have at most 670 characters, where {code} counts as ten", () => {
  const ofLength = (length: number) => JSON.stringify({ IN: `${"x".repeat(length - 10)}{code}` });
  expect(problemNames({ [name]: ofLength(670) })).toEqual([]);
  expect(problemNames({ [name]: ofLength(671) })).toEqual([name]);
});

test.each(["", "{code} {code}", "{code} of {brand}", "{code} {", "7{code}", "{code}0", "{{code}}"])(
  "the app refuses a template %j in MESSAGE_TEMPLATES",
  (text) => {
    expect(problemNames({ [name]: JSON.stringify({ IN: text }) })).toEqual([name]);
  },
);

test.each([
  "{}",
  "Your code is {code}",
  '{"India":"{code}"}',
  '{"+1868":"Code {code}"}',
  '{"IN":1}',
  '{"IN":{"hi":"{code}"}}',
  '{"IN":{"*":"code"}}',
  '{"IN":{"*":"{code}","hindi lang":"{code}"}}',
  '{"GB":{"*":"{code}","en_GB":"{code}","en-gb":"{code}."}}',
])("the app refuses the value %s of MESSAGE_TEMPLATES", (templates) => {
  expect(problemNames({ [name]: templates })).toEqual([name]);
});
