// Setup checks typed answers with the app's own schema, and accepts no value that the app refuses.
import { spawnSync } from "node:child_process";

function check(...args: readonly string[]) {
  const run = spawnSync(process.execPath, ["tools/check-environment/check-setting.ts", ...args], {
    encoding: "utf8",
  });
  return { status: run.status, output: run.stdout + run.stderr };
}

test.each([
  [
    "EIGHT_BY_EIGHT_SMS_SENDER",
    "ACME+Bank",
    "That is not a sender (1 to 11 letters and digits, or a number).\n",
  ],
  ["EIGHT_BY_EIGHT_SMS_SUBACCOUNT", "", "That is missing.\n"],
])("check-setting.ts refuses %s=%j with the schema's message", (name, value, output) => {
  expect(check(name, value)).toEqual({ status: 1, output });
});

test.each([
  ["EIGHT_BY_EIGHT_SMS_SENDER", ""],
  ["EIGHT_BY_EIGHT_SMS_URL", " https://sms.us.8x8.com/ "],
])("check-setting.ts accepts %s=%j and prints nothing", (name, value) => {
  expect(check(name, value)).toEqual({ status: 0, output: "" });
});

test.each([
  [["OKTA_HOOK_SECRET", "s3cret"], "There is no such setting."],
  [["EIGHT_BY_EIGHT_SMS_SENDER", "s3cret", "s3cret"], "Pass a setting and its value."],
])("check-setting.ts exits with 64 for the arguments %j and prints no value", (args, message) => {
  const { status, output } = check(...args);
  expect([status, output.split("\n")[0]]).toEqual([64, message]);
  expect(output).not.toContain("s3cret");
});
