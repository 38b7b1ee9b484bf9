import { spawnSync } from "node:child_process";

test.each([
  ["EIGHT_BY_EIGHT_SMS_SENDER", "ACME+Bank", 1, "That is not a sender "],
  ["EIGHT_BY_EIGHT_SMS_SUBACCOUNT", "", 1, "That is missing."],
  ["EIGHT_BY_EIGHT_SMS_SENDER", "", 0, ""],
  ["EIGHT_BY_EIGHT_SMS_URL", " https://sms.us.8x8.com/ ", 0, ""],
  [
    "EIGHT_BY_EIGHT_SMS_URL",
    "https://sms.8x8.eu",
    1,
    "That is not 8x8's URL for a region: https://sms.8x8.com, https://sms.us.8x8.com, ",
  ],
  [
    "PHONE_POLICY_ALLOWED_COUNTRIES",
    "DE,UK",
    1,
    "That is not a list of ISO 3166-1 country codes (two letters each, comma-separated): UK is no country, use GB.",
  ],
  ["OKTA_HOOK_SECRET", "s3cret", 64, "There is no such setting."],
])("for the setting %s=%j, check-setting.ts exits with %d", (name, value, code, words) => {
  const args = ["tools/check-environment/check-setting.ts", name, value];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect([status, (stdout + stderr).slice(0, words.length)]).toEqual([code, words]);
  expect(stdout + stderr).not.toMatch(/ACME|s3cret/);
});
