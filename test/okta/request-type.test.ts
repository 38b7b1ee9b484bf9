import { codeKindOf } from "../../src/okta/ids.ts";

test.each([
  ["com.okta.user.telephony.pre-enrollment", "enrollment"],
  ["com.okta.user.telephony.PRE-ENROLLMENT", "enrollment"],
  ["com.okta.user.telephony.mfa-verification", "sign-in"],
  ["com.okta.user.telephony.account-unlock", "recovery"],
  ["com.okta.user.telephony.password-reset", "recovery"],
  ["com.okta.user.telephony.something-new", "unknown"],
  ["pre-enrollment", "unknown"],
  ["", "unknown"],
  [undefined, "unknown"],
])("%s is for %s", (written, kind) => {
  expect(codeKindOf(written)).toBe(kind);
});
