// What setup asks for is judged by the program's own schema, so that setup takes nothing that the program refuses.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

function check(...args: readonly string[]) {
  const run = spawnSync(process.execPath, ["tools/check-setting.ts", ...args], {
    cwd: join(__dirname, "../.."),
    encoding: "utf8",
  });
  return { status: run.status, output: run.stdout + run.stderr };
}

const notASender = "That is not a sender (1 to 11 letters and digits, or a number).\n";

test.each([
  ["EIGHT_BY_EIGHT_SMS_SENDER", "ACME Bank GmbH", notASender],
  ["EIGHT_BY_EIGHT_SMS_SENDER", "ACME+Bank", notASender],
  ["EIGHT_BY_EIGHT_SMS_SENDER", "+", notASender],
  ["EIGHT_BY_EIGHT_SMS_SUBACCOUNT", "", "That is missing.\n"],
  ["EIGHT_BY_EIGHT_SMS_URL", "http://sms.8x8.com", "That is not an https URL.\n"],
  [
    "PHONE_POLICY_ALLOWED_COUNTRIES",
    "UK",
    "That is not a list of countries that ISO 3166-1 knows (two letters each, comma-separated).\n",
  ],
])("%s=%j is refused in the program's words", (name, value, output) => {
  expect(check(name, value)).toEqual({ status: 1, output });
});

test.each([
  ["EIGHT_BY_EIGHT_SMS_SENDER", "ACME Bank"],
  ["EIGHT_BY_EIGHT_SMS_SENDER", "+6588000000"],
  ["EIGHT_BY_EIGHT_SMS_SENDER", ""],
  ["EIGHT_BY_EIGHT_SMS_URL", " https://sms.us.8x8.com/ "],
  ["PHONE_POLICY_ALLOWED_COUNTRIES", "DE, gb"],
])("%s=%j is taken, without a word", (name, value) => {
  expect(check(name, value)).toEqual({ status: 0, output: "" });
});

test.each([
  [["OKTA_HOOK_SECRET", "s3cret"], "There is no such setting."],
  [["EIGHT_BY_EIGHT_SMS_SENDER"], "It takes a setting and its value."],
  [["EIGHT_BY_EIGHT_SMS_SENDER", "s3cret", "s3cret"], "It takes a setting and its value."],
  [[], "There is no such setting."],
])("%j is wrong usage, and nothing of it is printed", (args, message) => {
  const { status, output } = check(...args);
  expect([status, output.split("\n")[0]]).toEqual([64, message]);
  expect(output).toContain("node tools/check-setting.ts <setting> <value>");
  expect(output).not.toContain("s3cret");
});

test("--help says how it is used", () => {
  expect(check("--help")).toEqual({ status: 0, output: expect.stringContaining("Exit code 0") as string });
});
