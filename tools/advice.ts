import type { reasons } from "../src/rules/reasons.ts";

/** What to do, in Markdown. Links are relative to docs/. */
export const advice: Readonly<Record<keyof typeof reasons, string>> = {
  "key-rejected":
    '8x8 does not accept the API key. Follow ["codes failing"](runbooks.md#runbook-codes-failing).',
  forbidden: "Check 8x8's [allow list](set-up-8x8.md#4-allow-list-of-addresses), then ask 8x8.",
  "wrong-subaccount":
    "The sub-account belongs to another account, product or region. Check `EIGHT_BY_EIGHT_SMS_SUBACCOUNT`, `EIGHT_BY_EIGHT_VOICE_SUBACCOUNT` and `EIGHT_BY_EIGHT_SMS_URL`.",
  "invalid-number": "Correct the number in Okta, or ask 8x8 which countries your contract covers.",
  "invalid-sender":
    "The [sender](#change-the-sender-in-one-country) or [calling number](set-up-8x8.md#6-number-that-calls) is not registered for this country.",
  "invalid-text":
    "Correct `MESSAGE_TEMPLATES` or Okta's SMS template. For a call, open an issue that names the language.",
  "invalid-voice": "The sub-account lacks [the voice](set-up-8x8.md#7-voices).",
  "invalid-request":
    "This is probably a bug of the app. Look up `providerCode` in [8x8's list](https://developer.8x8.com/connect/docs/api-error-codes).",
  "expired-at-provider": "The code expired on its way to 8x8. Check `durationMs`.",
  "resend-interval":
    "8x8 sent another message to this number a moment ago. If `resend-interval` is frequent, ask 8x8 to raise the limit.",
  "no-credit":
    'The 8x8 account has no credit. Follow ["codes failing"](runbooks.md#runbook-codes-failing).',
  "insecure-protocol":
    "A proxy uses a TLS version before 1.3. Let the app reach 8x8 without the proxy.",
  "rejected-by-provider":
    "The app does not know 8x8's reason. The 8x8 account may have no credit. Ask 8x8, with `providerCode` and `providerId`.",

  "impossible-number":
    "The number is too short or too long, or belongs to no country. Correct the number in Okta.",
  "number-with-extension": "8x8 dials no extensions. The user must enroll another number.",
  "national-number-without-default-country":
    "The number has no `+`. Write `+` and the calling code in Okta, or set `PHONE_DEFAULT_COUNTRY`.",
  "unserved-calling-code":
    "The calling code belongs to a satellite network or similar service, not to a country. If your people use this calling code, set `PHONE_POLICY_ALLOWED_CALLING_CODES`.",
  "premium-number":
    "The owner of the number earns money from each code. The user must enroll another number. Many `premium-number` refusals mean an attack.",
  "country-not-allowed":
    "If your people live in this country, add it to `PHONE_POLICY_ALLOWED_COUNTRIES`.",
  "country-blocked":
    "If your people live in this country, remove it from `PHONE_POLICY_BLOCKED_COUNTRIES`.",
  "range-blocked":
    "If the number belongs to one of your people, remove its range from `PHONE_POLICY_BLOCKED_RANGES`.",
  "expired-code":
    "The code expired over a minute ago. The user must request a new code. In Okta's _Preview_, generate a new request.",
  "voice-off":
    "[Set up calls](set-up-8x8.md#6-number-that-calls), or turn voice off in Okta. The user can choose SMS.",
  "user-limit": "The user reached a daily limit of codes, numbers or calls.",
  "number-limit": "The number reached the daily limit of enrollment codes.",
  "country-unfinished": "The country reached its daily limit of unfinished enrollments.",
  "country-recoveries": "The country reached its daily limit of recovery codes.",
  "country-sign-ins": "The country reached its daily limit of sign-in codes.",
  "country-calls": "The country reached its daily limit of calls.",

  deadline:
    "The provider did not answer in time. Check `sendMs` and [8x8's status](outage.md#8x8-is-down).",
  "connection-cut": "The connection broke. Check 8x8's status, the NAT gateway and the firewall.",
  "unreadable-answer":
    "The app could not read the provider's answer. Look for a proxy that changes answers, then ask 8x8.",

  unreachable: "Check the network, DNS and [8x8's status](outage.md#8x8-is-down).",
  "deadline-before-sending":
    "Usually DNS or the network is slow. Check `authenticateMs` and `sendMs`.",
  "rate-limited": "The provider answered 429. Ask 8x8 for a higher limit.",
  "provider-error":
    "The provider answered 5xx. After 500, 502 or 504, 8x8 may still send the code. Check [8x8's status](outage.md#8x8-is-down).",
  redirected:
    "The provider answered with a redirect, which the app does not follow. Check `EIGHT_BY_EIGHT_SMS_URL` and `EIGHT_BY_EIGHT_VOICE_URL`.",
  "secrets-not-loaded":
    'The app has never read the vault, the vault lacks the secret, or the vault was away for over `SECRET_OUTAGE_HOURS`. Follow ["codes failing"](runbooks.md#runbook-codes-failing).',
  "unusable-secret":
    "The 8x8 key, or the second hook's secret, contains a line break or another character that no HTTP header may contain. Store the secret again, without that character.",
  "keys-not-loaded":
    "The app has not read the keys of [tokens](tokens.md) yet. Check the log, `OKTA_TOKEN_KEYS_URL` and the network.",
  "invalid-settings":
    "[`GET /api/health`](configure.md#when-a-setting-is-missing-or-wrong) names the missing or wrong setting.",
  "internal-error": "The app has a bug. Open an issue with the log line `Unexpected …`.",

  "wrong-content-type": "The content type is not `application/json` (415).",
  "too-large": "The body has over 64 KiB (413).",
  "chunked-body":
    "The body arrived empty, because [the host](https://github.com/Azure/azure-functions-nodejs-worker/issues/524) cannot read a body with `transfer-encoding`. Let the proxy send `content-length`.",
  "not-json": "The body is not JSON.",
  "wrong-shape": "A field is missing or has another type.",
  "wrong-event-type": "Another kind of hook calls this URL. Only the _Telephony_ hook may call it.",
  "unknown-channel": "`deliveryChannel` is neither SMS nor call.",
  "not-an-otp-code": "`otpCode` is not 4 to 10 digits.",

  "no-header":
    "The header named in `OKTA_AUTH_HEADER` is missing. Check the authentication field of Okta's hook.",
  "wrong-secret":
    "Okta's secret is not one of the two newest valid versions in the vault. [Give Okta a new secret](operate.md#the-hook-secret-by-hand).",
  "not-a-token":
    "No signed token arrived, or the token has over 8 KB. Choose OAuth 2.0 in Okta's hook, or deploy `OKTA_HOOK_AUTH: 'either'`.",
  "token-issuer":
    "`iss` is not exactly `OKTA_TOKEN_ISSUER`. [Copy it from a token](tokens.md#here).",
  "token-audience":
    "`aud` is not exactly `OKTA_TOKEN_AUDIENCE`. Set the server's own audience, not `api://default`.",
  "token-client":
    "The token is for another app. Compare `OKTA_TOKEN_CLIENT_ID` with the client id in Okta's hook.",
  "token-scope":
    "The token lacks the scope. Check the scope in Okta's hook, and the server's access policy.",
  "token-key":
    "The issuer does not have the key that signed the token, or the app cannot read the keys. Check the log and `OKTA_TOKEN_KEYS_URL`.",
  "token-signature":
    "The token was forged or changed, or is not signed with RS256. Check that `OKTA_TOKEN_KEYS_URL` belongs to the token's issuer.",
  "token-expired":
    "The token expired over a minute ago. Check the clocks. Set the lifetime to five minutes, not less.",
  "token-times":
    "The token becomes valid more than a minute from now, or has no `iat` or `exp`. Check the clocks.",
  "token-age":
    "The token lives longer than an hour, or its `iat` is over a day ago or in the future. Set the lifetime to five minutes, and check the clocks.",
};
