import { requestTypeOf } from "../../src/okta/request-type.ts";

test.each([
  ["com.okta.user.telephony.pre-enrollment", "enrolment"],
  ["com.okta.user.telephony.PRE-ENROLLMENT", "enrolment"],
  ["com.okta.user.telephony.mfa-verification", "other"],
  ["com.okta.user.telephony.account-unlock", "other"],
  ["com.okta.user.telephony.password-reset", "other"],
  ["com.okta.user.telephony.something-new", "unknown"],
  ["pre-enrollment", "unknown"],
  ["", "unknown"],
  [undefined, "unknown"],
])("%s is %s", (written, type) => {
  expect(requestTypeOf(written)).toBe(type);
});
