import { refuseUnknownNames } from "../../tools/environment-names.ts";

test.each([
  ["GUARD_KNOWN_RANGES", "The setting GUARD_KNOWN_RANGES is gone."],
  ["GUARD_RANGE_LIMIT", "There is no setting GUARD_RANGE_LIMIT. Check its spelling."],
  ["OKTA_HOOK_SECRT", "There is no setting OKTA_HOOK_SECRT. Check its spelling."],
  ["EIGHT_BY_EIGHT_KEY", "There is no setting EIGHT_BY_EIGHT_KEY. Check its spelling."],
])("refuseUnknownNames() throws for %s, which is not a setting", (name, words) => {
  expect(() => {
    refuseUnknownNames({ PATH: "/bin", [name]: "1" });
  }).toThrow(words);
});

test.each(["GUARD_MODE", "OKTA_PRIVATE_KEY_FILE", "OKTA_CLIENT_TOKEN", "PHONE_BOOK"])(
  "refuseUnknownNames() accepts %s, which is a setting or another tool's variable",
  (name) => {
    expect(() => {
      refuseUnknownNames({ [name]: "1" });
    }).not.toThrow();
  },
);
