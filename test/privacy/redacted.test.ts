import { format, inspect } from "node:util";
import {
  errorName,
  isOpaqueId,
  type Redacted,
  MessageText,
  OtpCode,
  RawPhoneNumber,
} from "../../src/privacy/redacted.ts";
import { PhoneNumber } from "../../src/rules/phone-number.ts";

const secret = "8675309";
const redact = {
  OtpCode: () => new OtpCode(secret),
  MessageText: () => new MessageText(secret),
  RawPhoneNumber: () => new RawPhoneNumber(secret),
  PhoneNumber: () =>
    new PhoneNumber(secret, {
      callingCode: "1",
      countries: ["US"],
      premium: false,
      hasExtension: false,
    }),
};

describe.each(Object.entries(redact))("a redacted %s", (name, create) => {
  const mask = `[${name}]`;

  test("expose returns the redacted value", () => {
    expect(create().expose()).toBe(secret);
  });

  test.each<readonly [string, (value: Redacted) => string]>([
    ["String", (value) => String(value)],
    ["a template literal", (value) => `>${value as unknown as string}<`],
    ["concatenation", (value) => ">" + (value as unknown as string)],
    ["join", (value) => [value].join()],
    ["toLocaleString", (value) => value.toLocaleString()],
    ["JSON", (value) => JSON.stringify({ value })],
    ["inspect", (value) => inspect(value)],
    [
      "inspect of an object with the value",
      (value) => inspect({ deep: [value] }, { depth: null, showHidden: true }),
    ],
    ["format", (value) => format("%s %j %o %O", value, value, value, value)],
    ["an error's message", (value) => new Error(value as unknown as string).message],
    ["an error's stack", (value) => inspect(new Error("x", { cause: value }))],
  ])("a redacted value is masked in %s", (_, print) => {
    const printed = print(create());
    expect(printed).toContain(mask);
    expect(printed).not.toContain(secret);
  });

  test("no property of the object, enumerable or not, contains the redacted value", () => {
    const value = create();
    const own = Reflect.ownKeys(value).map((key) => Reflect.get(value, key) as unknown);
    expect(own).not.toContain(secret);
    expect(inspect(value, { customInspect: false, showHidden: true })).not.toContain(secret);
    expect(JSON.stringify(Object.assign({}, value))).not.toContain(secret);
  });
});

test("errorName returns the name of an error or the type of another value, but not the text", () => {
  expect([new TypeError(secret), secret].map(errorName)).toEqual(["TypeError", "string"]);
});

test("isOpaqueId accepts five digits in a row, but refuses six digits, which may be a code", () => {
  expect(
    ["abcdefghijk12345", "abcdefghijk-1_2-3-4-5", "abcdefghijk123456"].map(isOpaqueId),
  ).toEqual([true, true, false]);
});
