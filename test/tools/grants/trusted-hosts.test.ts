import {
  destinationsInOkta,
  destinationsInSettings,
  findUntrusted,
} from "../../../tools/grants/trusted-hosts.ts";

const tokens = {
  auth: "token",
  tokenUrl: "https://acme.okta.com/oauth2/aus1/v1/token",
  clientId: "0oa2",
  scope: "telephony",
  hookKeyId: "HKY1",
} as const;
const app = "https://func-acme.azurewebsites.net/api/okta/telephony";
const other = "https://func-other.azurewebsites.net/api/okta/events";
const destinations = [
  ...destinationsInOkta({
    org: "https://acme.okta.com",
    clientId: "0oa1",
    hook: { name: "8x8", url: app, ...tokens },
    events: { name: "8x8 outcomes", url: other, filter: true },
  }),
  ...destinationsInSettings({
    OKTA_TOKEN_ISSUER: "https://trial-1.okta.com/oauth2/aus1",
    OKTA_TOKEN_KEYS_URL: "https://keys.acme.test/v1/keys",
    SECOND_HOOK_URL: "https://second.acme.test:8443/send",
    EIGHT_BY_EIGHT_SMS_URL: "https://sms.8x8.com",
  }),
];
const hosts = [
  "func-acme.azurewebsites.net",
  "acme.okta.com",
  "func-other.azurewebsites.net",
  "trial-1.okta.com",
  "keys.acme.test",
  "second.acme.test:8443",
];
const places = ["prod", "preview-prod"];
const find = (env: Readonly<Record<string, string>>, of = destinations) =>
  findUntrusted(of, "prod", places, env);

test("findUntrusted() returns undefined if TRUSTED_HOSTS lists every host, even in capitals and with spaces", () => {
  const list = hosts.join(" , ").toUpperCase();
  expect(find({ TRUSTED_HOSTS: list, CI: "true" })).toBeUndefined();
});

test.each(hosts)(
  "findUntrusted() returns %s if TRUSTED_HOSTS lists every host except this host",
  (host) => {
    const others = hosts.filter((other) => other !== host);
    expect(find({ TRUSTED_HOSTS: others.join(",") })).toEqual({
      hosts: [host],
      mayAsk: false,
      words: expect.stringContaining(` at ${host}. If all these hosts are yours, run: `) as string,
    });
  },
);

test("findUntrusted() suggests no command for a host with characters that a shell interprets", () => {
  const url = "https://a';{curl,evil.test};'.test/send";
  const [odd] = destinationsInSettings({ SECOND_HOOK_URL: url });
  const found = find({}, odd && [odd]);
  expect(found).toMatchObject({
    mayAsk: false,
    words: expect.stringMatching(/^The host of the second hook has invalid characters/) as string,
  });
  expect(found?.words).not.toContain("curl");
});

test("destinationsInSettings() leaves out URLs at 8x8's own hosts", () => {
  const found = destinationsInSettings({
    EIGHT_BY_EIGHT_SMS_URL: "https://sms.8x8.com.evil.test",
    EIGHT_BY_EIGHT_VOICE_URL: "https://voice.8x8.com",
  });
  expect(found).toEqual([{ what: "SMS", url: "https://sms.8x8.com.evil.test" }]);
});

test("findUntrusted() does not trust a host that only resembles a host in TRUSTED_HOSTS", () => {
  const near = ["acme.okta.com.evil.test", "evil-acme.okta.com", "okta.com"];
  const [, endpoint] = destinations;
  expect(find({ TRUSTED_HOSTS: near.join(",") }, endpoint && [endpoint])?.hosts).toEqual([
    "acme.okta.com",
  ]);
});

test.each<[string, Record<string, string>, RegExp, boolean]>([
  [
    "on GitHub for each environment of the run",
    { CI: "true" },
    /run: gh variable set TRUSTED_HOSTS --env prod --body 'func-acme[^']*' && gh variable set TRUSTED_HOSTS --env preview-prod --body '/,
    false,
  ],
  [
    "in Azure Pipelines for its variable group",
    { TF_BUILD: "True" },
    /variable create --group-id "\$\(az pipelines variable-group list --group-name okta8x8-prod /,
    false,
  ],
  [
    "in Azure Pipelines for a variable that exists",
    { TF_BUILD: "True", TRUSTED_HOSTS: "old.acme.test" },
    /variable update .* --value 'old\.acme\.test,func-acme/,
    false,
  ],
  ["at a terminal, where a person may confirm", {}, /run: export TRUSTED_HOSTS='func-acme/, true],
])("findUntrusted() suggests the command that sets TRUSTED_HOSTS %s", (_, env, line, mayAsk) => {
  expect(find(env)).toMatchObject({ mayAsk, words: expect.stringMatching(line) as string });
});

test("findUntrusted() trusts hosts on this machine, and needs no TRUSTED_HOSTS without URLs", () => {
  const here = [{ what: "the hook", url: "http://127.0.0.1:7071/api/okta/telephony" }];
  expect([find({ CI: "true" }, here), find({ CI: "true" }, [])]).toEqual([undefined, undefined]);
});
