import { load, laptop, problemNames } from "./sample-settings.ts";

const tokens = {
  OKTA_HOOK_AUTH: "token",
  OKTA_TOKEN_ISSUER: "https://acme.okta.com/oauth2/aus1",
  OKTA_TOKEN_AUDIENCE: "https://otp.example.com",
  OKTA_TOKEN_CLIENT_ID: "0oa1",
  OKTA_TOKEN_SCOPE: "telephony.send",
};

test("with tokens, the config has a default keys URL, a shorter budget and no hook secret", () => {
  const { accessTokens, budgetMs, secrets } = load(tokens);
  expect(accessTokens).toEqual({
    issuer: "https://acme.okta.com/oauth2/aus1",
    audience: "https://otp.example.com",
    clientId: "0oa1",
    scope: "telephony.send",
    keysUrl: "https://acme.okta.com/oauth2/aus1/v1/keys",
  });
  expect(budgetMs).toBe(2_000);
  expect(secrets.hookSecret).toBeUndefined();
  expect(load({ ...tokens, HOOK_BUDGET_MS: "2500" }).budgetMs).toBe(2_500);
  const OKTA_TOKEN_KEYS_URL = "https://login.microsoftonline.com/x/discovery/v2.0/keys";
  expect(load({ ...tokens, OKTA_TOKEN_KEYS_URL }).accessTokens?.keysUrl).toBe(OKTA_TOKEN_KEYS_URL);
});

test("with OKTA_HOOK_AUTH=either, the config has the hook secret, the tokens and the shorter budget", () => {
  const { accessTokens, budgetMs, secrets } = load({ ...tokens, OKTA_HOOK_AUTH: "Either" });
  expect(accessTokens).toBeDefined();
  expect([budgetMs, secrets.hookSecret?.name]).toEqual([2_000, "okta-hook-secret"]);
});

test("with a secret alone, the config ignores token settings", () => {
  const { accessTokens, budgetMs } = load({ ...tokens, OKTA_HOOK_AUTH: "" });
  expect([accessTokens, budgetMs]).toEqual([undefined, 2_500]);
  expect(problemNames({ OKTA_TOKEN_SCOPE: "a" })).toEqual([]);
});

test.each(["token", "either"])(
  "OKTA_HOOK_AUTH=%s requires four token settings",
  (OKTA_HOOK_AUTH) => {
    const names = Object.keys(tokens).filter((name) => name !== "OKTA_HOOK_AUTH");
    expect(problemNames({ OKTA_HOOK_AUTH })).toEqual(names);
    for (const name of names)
      expect(problemNames({ ...tokens, OKTA_HOOK_AUTH, [name]: "" })).toEqual([name]);
  },
);

test("on a laptop, a hook secret is required for OKTA_HOOK_AUTH=either, but not for token", () => {
  const noSecret = { ...laptop, OKTA_HOOK_SECRET: "" };
  const { secrets, vaultUrl } = load(tokens, noSecret);
  expect(vaultUrl).toBeUndefined();
  expect(secrets.hookSecret).toBeUndefined();
  expect(problemNames({ ...tokens, OKTA_HOOK_AUTH: "either" }, noSecret)).toEqual([
    "OKTA_HOOK_SECRET",
  ]);
});

test.each([
  ["OKTA_HOOK_AUTH", ["both", "oauth"]],
  [
    "OKTA_TOKEN_ISSUER",
    [
      "https://acme.okta.com/",
      "http://acme.okta.com/oauth2/aus1",
      "https://u:p@acme.okta.com/oauth2/a",
      "https://acme.okta.com/oauth2/a?x",
    ],
  ],
  [
    "OKTA_TOKEN_KEYS_URL",
    ["http://acme.okta.com/oauth2/aus1/v1/keys", "file:///etc/keys", "https://acme.okta.com"],
  ],
  ["OKTA_TOKEN_AUDIENCE", ["api://default", "API://Default", "a b", "ü"]],
  ["OKTA_TOKEN_CLIENT_ID", ["0oa 1", "0oa/1"]],
  ["OKTA_TOKEN_SCOPE", ["a b", 'a"b', "ü"]],
])(
  "an invalid %s is reported by name, even if Okta authenticates with the secret",
  (name, values) => {
    for (const value of values) {
      expect([value, problemNames({ ...tokens, [name]: value })]).toEqual([value, [name]]);
      expect([value, problemNames({ [name]: value })]).toEqual([value, [name]]);
    }
  },
);
