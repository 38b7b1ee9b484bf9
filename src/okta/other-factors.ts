/**
 * Words of factors that are no phone, as Okta's knowledge base and its catalogue have them: a password, Okta Verify, a key, mail.
 * https://support.okta.com/help/s/article/how-to-locate-factor-information-in-okta-system-log
 */
const otherFactors =
  /(?<![a-z])(?:password|email|push|signed_nonce|fastpass|token|totp|hotp|otp|question|fido|u2f|webauthn|passkeys?|yubikey|duo|symantec|rsa|smart_?card|x509|cert|idp|tac)(?![a-z])/i;
const phone = /(?<![a-z])phone(?![a-z])/i;

/** Whether an event is surely of no phone. One that names neither is counted, since a phone may have got a new word. */
export function isOtherFactor(words: readonly string[]): boolean {
  return !words.some((word) => phone.test(word)) && words.some((word) => otherFactors.test(word));
}
