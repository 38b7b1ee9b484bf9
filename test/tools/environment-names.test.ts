import { refuseUnknownNames } from "../../tools/environment-names.ts";

test.each([
  ["GUARD_RANGE_LIMIT", "There is no setting GUARD_RANGE_LIMIT: is it a typing error?"],
  ["OKTA_HOOK_SECRT", "There is no setting OKTA_HOOK_SECRT: is it a typing error?"],
  ["EIGHT_BY_EIGHT_KEY", "There is no setting EIGHT_BY_EIGHT_KEY: is it a typing error?"],
])("a command ends at %s", (name, words) => {
  expect(() => {
    refuseUnknownNames({ PATH: "/bin", [name]: "1" });
  }).toThrow(words);
});

test.each([
  "GUARD_MODE",
  "OKTA_HOOK_SECRET",
  "OKTA_PRIVATE_KEY_FILE",
  "OKTA_CLIENT_TOKEN",
  "PHONE_BOOK",
  "SECRET_SANTA",
])("a command runs with %s, which is ours or somebody else's", (name) => {
  expect(() => {
    refuseUnknownNames({ [name]: "1" });
  }).not.toThrow();
});
