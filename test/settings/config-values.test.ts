import { clientId, load, problemNames } from "./sample-settings.ts";

describe("a valid value", () => {
  const smsUrl = "channels.sms.url";
  const smsSenders = "channels.sms.senders";

  test.each([
    ["KEY_VAULT_URL", "https://kv.vault.azure.net/", "vaultUrl", "https://kv.vault.azure.net"],
    ["AZURE_CLIENT_ID", clientId.toUpperCase(), "secrets.apiKey.name", "eight-by-eight-api-key"],
    ["SECRET_MAX_AGE_MINUTES", "6", "secretAge.maxAgeMs", 360_000],
    ["SECRET_OUTAGE_HOURS", "720", "secretAge.outageMs", 2_592_000_000],
    ["EIGHT_BY_EIGHT_SMS_URL", "https://sms.us.8x8.com/", smsUrl, "https://sms.us.8x8.com"],
    ["EIGHT_BY_EIGHT_SMS_URL", "http://localhost:3000", smsUrl, "http://localhost:3000"],
    ["EIGHT_BY_EIGHT_SMS_URL", "https://[2001:db8::1]/", smsUrl, "https://[2001:db8::1]"],
    ["EIGHT_BY_EIGHT_SMS_URL", "http://[::1]:3000", smsUrl, "http://[::1]:3000"],
    ["EIGHT_BY_EIGHT_SMS_SUBACCOUNT", "a&b.c-d_e", "channels.sms.subAccount", "a&b.c-d_e"],
    ["EIGHT_BY_EIGHT_SMS_SENDER", "Acme Corp 1", smsSenders, new Map([["*", "Acme Corp 1"]])],
    ["EIGHT_BY_EIGHT_SMS_SENDER", "+6591234567", smsSenders, new Map([["*", "+6591234567"]])],
    [
      "EIGHT_BY_EIGHT_SMS_SENDERS",
      '{"us":"+18335550100","+1":"74747","SG":null,"*":"Acme"}',
      smsSenders,
      new Map([
        ["US", "+18335550100"],
        ["+1", "74747"],
        ["SG", undefined],
        ["*", "Acme"],
      ]),
    ],
    ["EIGHT_BY_EIGHT_CLIENT_IP", "omit", "channels.sms.sendClientIp", false],
    ["PHONE_POLICY_ALLOWED_COUNTRIES", "de, AT ,", "phonePolicy.allowedCountries", ["DE", "AT"]],
    ["PHONE_POLICY_BLOCKED_COUNTRIES", "XK", "phonePolicy.blockedCountries", ["XK"]],
    [
      "PHONE_POLICY_ALLOWED_CALLING_CODES",
      "870, +881, 800, 808, 878, 882, 883, 888, 979,",
      "phonePolicy.allowedCallingCodes",
      ["870", "881", "800", "808", "878", "882", "883", "888", "979"],
    ],
    ["PHONE_DEFAULT_COUNTRY", "us", "phonePolicy.defaultCountry", "US"],
    ["GUARD_MODE", "Enforce", "guard.mode", "enforce"],
    [
      "GUARD_COUNTRY_LIMITS",
      '{"us":{"enrollments":40,"recoveries":50,"calls":100},"at, +870":{"calls":5},"*":{"signIns":1000000}}',
      "guard.countryLimits",
      new Map([
        ["US", { enrollments: 40, recoveries: 50, calls: 100 }],
        ["AT", { calls: 5 }],
        ["+870", { calls: 5 }],
        ["*", { signIns: 1_000_000 }],
      ]),
    ],
    [
      "GUARD_EXEMPT_RANGES",
      "+54911, +65812 until 2028-02-29,",
      "guard.exemptRanges",
      [
        { range: "+5411", untilMs: Infinity },
        { range: "+65812", untilMs: Date.parse("2028-03-01T00:00:00Z") },
      ],
    ],
    ["PHONE_POLICY_BLOCKED_RANGES", "+4470", "phonePolicy.blockedRanges", ["+4470"]],
    ["HOOK_BUDGET_MS", " 2700 ", "budgetMs", 2700],
  ])("loadSettings accepts %s=%s", (name, value, path, expected) => {
    expect(load({ [name]: value })).toHaveProperty(path, expected);
  });
});

describe("an invalid value", () => {
  test.each([
    [
      "KEY_VAULT_URL",
      ["", "vault", "http://vault.vault.azure.net", "https://v.vault.azure.net/a", "ftp://[::1]"],
    ],
    ["AZURE_CLIENT_ID", ["", "me", clientId.slice(1), `${clientId}0`, `{${clientId}}`]],
    ["OKTA_AUTH_HEADER", ["x telephony", "x:y", "ü", "authorization,", "x-forwarded-for"]],
    [
      "OKTA_AUTH_HEADER",
      ["Connection", "host", "content-length", "Content-Type", "transfer-encoding", "keep-alive"],
    ],
    ["SECRET_MAX_AGE_MINUTES", ["5", "1441", "6.5", "10m"]],
    ["SECRET_OUTAGE_HOURS", ["0", "721", "72h"]],
    [
      "EIGHT_BY_EIGHT_SMS_URL",
      ["sms.8x8.com", "http://sms.8x8.com", "https://sms.8x8.com/api", "https://a?x=1"],
    ],
    [
      "EIGHT_BY_EIGHT_SMS_URL",
      ["https://u:p@sms.8x8.com", "http://127.0.0.1.example.com", "javascript:1", "https://"],
    ],
    [
      "EIGHT_BY_EIGHT_SMS_URL",
      [
        "http://localhost.example.com",
        "http://not-localhost",
        "http://10.0.0.1",
        "http://[2001:db8::1]",
      ],
    ],
    ["EIGHT_BY_EIGHT_SMS_SUBACCOUNT", ["", "  ", "ab", "a b c", "a/b/c", "x".repeat(51)]],
    [
      "EIGHT_BY_EIGHT_SMS_SENDER",
      ["Acme Corporation", "AcmeCompany1", "Äcme", "A-B", "+1234567890123456", "+"],
    ],
    ["EIGHT_BY_EIGHT_SMS_SENDERS", ["Acme", "{}", "null", '{"US":"Acme "}', '{"US":1}']],
    ["EIGHT_BY_EIGHT_SMS_SENDERS", ['{"UK":"Acme"}', '{"us":"Acme","US":"74747"}']],
    ["EIGHT_BY_EIGHT_CLIENT_IP", ["yes", "true"]],
    [
      "PHONE_POLICY_ALLOWED_COUNTRIES",
      [",", "UK", "DE;AT", "Germany", "DEU", "DE,ZZ", "+49", "EU", "constructor"],
    ],
    ["PHONE_POLICY_BLOCKED_COUNTRIES", [" , ", "UK", "XX", "RU KP"]],
    ["PHONE_POLICY_ALLOWED_CALLING_CODES", [",", "870,49", "49", "1", "870;881", "DE", "8701"]],
    ["PHONE_POLICY_MODE", ["off", "enforced"]],
    ["PHONE_DEFAULT_COUNTRY", ["UK", "US,CA", "AQ", "1"]],
    ["REFUSED_ANSWER", ["pending", "success"]],
    ["UNCONFIRMED_ANSWER", ["suppress", "accepted"]],
    ["GUARD_MODE", ["on", "enforced"]],
    [
      "GUARD_COUNTRY_LIMITS",
      ["US=5", '{"US":5}', '{"US":{"others":"1500/2000"}}', '{"US":{"calls":"100"}}', "{}", "[]"],
    ],
    [
      "GUARD_COUNTRY_LIMITS",
      ["enrollments", "recoveries", "signIns", "calls"].flatMap((limit) =>
        [0, 1.5, 1_000_001].map((count) => JSON.stringify({ US: { [limit]: count } })),
      ),
    ],
    [
      "GUARD_COUNTRY_LIMITS",
      ["UK", "XX", "x+44", "+4477", "870"].map((country) =>
        JSON.stringify({ US: {}, [country]: {} }),
      ),
    ],
    [
      "GUARD_COUNTRY_LIMITS",
      ['{"US":{"calls":5},"us":{"calls":6}}', '{"US":{},"CA,us":{}}', '{"US,":{}}'],
    ],
    ["PHONE_POLICY_BLOCKED_RANGES", ["4477009"]],
    [
      "GUARD_EXEMPT_RANGES",
      [",", "4477009", "+", "+0770", "+44 77009", "+4477009;+65812", "+1234567890123456"],
    ],
    [
      "GUARD_EXEMPT_RANGES",
      ["+4477 until", "+4477 until 2027-02-30", "+4477 2027-01-31", "+4477 until 31.1.2027"],
    ],
    [
      "GUARD_EXEMPT_RANGES",
      ["x+4477009", "+4477009x", "all +4477009 until 2027-01-31", "+4477009 until 2027-01-31 noon"],
    ],
    ["GUARD_EXEMPT_RANGES", ["+1 until 2027-01-31", "+1", "+4477009,+44", "+852", "+870", "+549"]],
    ["HOOK_BUDGET_MS", ["499", "2701", "2500.5", "2,5", "2500ms", "-1", "NaN", "Infinity"]],
    [
      "APPLICATIONINSIGHTS_CONNECTION_STRING",
      ["key", "IngestionEndpoint=https://x", "InstrumentationKey="],
    ],
  ])("an invalid %s is reported by name", (name, values) => {
    for (const value of values)
      expect([value, problemNames({ [name]: value })]).toEqual([value, [name]]);
  });
});
