import { loadSettings } from "../../src/settings/settings.ts";
import { azure, laptop, load, problemNames } from "./sample-settings.ts";

const url = { SECOND_HOOK_URL: "https://hooks.example.com/okta" };
const secondHook = (settings: Readonly<Record<string, string>>) =>
  load({ ...url, ...settings }).secondHook;

describe("SECOND_HOOK_URL", () => {
  test.each([
    "https://hooks.example.com/okta",
    "https://hooks.example.com",
    "https://hooks.example.com:8443/a%20b/c",
    "http://127.0.0.1:7080/okta",
  ])("SECOND_HOOK_URL=%s is valid", (written) => {
    expect(secondHook({ SECOND_HOOK_URL: written })?.url).toBe(new URL(written).href);
  });

  test.each([
    "https://hooks.example.com/okta?key=1",
    "https://hooks.example.com/okta?",
    "https://hooks.example.com/okta#top",
    "https://user@hooks.example.com/okta",
    "https://user:secret@hooks.example.com/okta",
    "http://hooks.example.com/okta",
    "hooks.example.com/okta",
    "ftp://hooks.example.com/okta",
  ])("SECOND_HOOK_URL=%s is invalid", (written) => {
    expect(problemNames({ SECOND_HOOK_URL: written })).toEqual(["SECOND_HOOK_URL"]);
  });

  test("SECOND_HOOK_URL with the app's own host is invalid", () => {
    const own = { WEBSITE_HOSTNAME: "func-acme.azurewebsites.net" };
    for (const written of [
      "https://func-acme.azurewebsites.net/api/okta/telephony",
      "https://FUNC-ACME.azurewebsites.net/elsewhere",
      "https://func-acme.azurewebsites.net:443/",
      "https://func-acme.azurewebsites.net./api/okta/telephony",
    ])
      expect(problemNames({ ...own, SECOND_HOOK_URL: written })).toEqual(["SECOND_HOOK_URL"]);
    expect(problemNames({ ...own, ...url })).toEqual([]);
  });

  test("without SECOND_HOOK_URL, the config has no second hook and no secret for a second hook", () => {
    const { secondHook: none, secrets } = load();
    expect([none, secrets.secondSecret]).toEqual([undefined, undefined]);
  });

  test("with SECOND_HOOK_URL, the secret is in the vault, and on a laptop in the settings", () => {
    // The app sends only the newest version of this secret.
    expect(load(url).secrets.secondSecret).toEqual({ name: "second-hook-secret", count: 1 });
    const local = load({ ...url, SECOND_HOOK_SECRET: "a secret" }, laptop).secrets.secondSecret;
    expect(local).toMatchObject({ name: "SECOND_HOOK_SECRET", value: "a secret" });
    expect(problemNames({ ...url, SECOND_HOOK_SECRET: "a secret" })).toEqual([
      "SECOND_HOOK_SECRET",
    ]);
  });
});

describe("SECOND_HOOK_HEADER", () => {
  test.each(["auth_secret", "x-functions-key", "Authorization"])(
    "SECOND_HOOK_HEADER=%s is valid",
    (header) => {
      expect(secondHook({ SECOND_HOOK_HEADER: header })?.header).toBe(header);
    },
  );

  test.each(["content-type", "host", "two words", "connection"])(
    "SECOND_HOOK_HEADER=%s is invalid",
    (header) => {
      expect(problemNames({ ...url, SECOND_HOOK_HEADER: header })).toEqual(["SECOND_HOOK_HEADER"]);
    },
  );
});

describe("SECOND_HOOK_FIRST_FOR", () => {
  test.each([
    ["all", { countries: [], percent: 100 }],
    ["ALL", { countries: [], percent: 100 }],
    ["1%", { countries: [], percent: 1 }],
    ["100%", { countries: [], percent: 100 }],
    ["de, SG", { countries: ["DE", "SG"], percent: 0 }],
    ["1%, DE", { countries: ["DE"], percent: 1 }],
    ["all, DE", { countries: ["DE"], percent: 100 }],
    ["all,-DE", { countries: [], except: ["DE"], percent: 100 }],
    ["-sg, All, DE", { countries: ["DE"], except: ["SG"], percent: 100 }],
  ])("SECOND_HOOK_FIRST_FOR=%s is valid", (written, firstFor) => {
    expect(load({ ...url, SECOND_HOOK_FIRST_FOR: written }).order.firstFor).toEqual(firstFor);
  });

  test.each([
    "0%",
    "101%",
    "20",
    "2.5%",
    "-1%",
    "01%",
    "%",
    "XX",
    "DE,XX",
    "DE,,SG",
    "DE 20%",
    "1%,2%",
    "all,1%",
    "-DE",
    "1%,-DE",
    "100%,-DE",
    "all,-XX",
    "all,- DE",
    "all,-",
    "all,DE,-DE",
  ])("SECOND_HOOK_FIRST_FOR=%s is invalid", (written) => {
    expect(problemNames({ ...url, SECOND_HOOK_FIRST_FOR: written })).toEqual([
      "SECOND_HOOK_FIRST_FOR",
    ]);
  });
});

test("without a second hook, loadSettings warns about settings for the order of providers", () => {
  const order = { SECOND_HOOK_FIRST_FOR: "all", SECOND_HOOK_ON_RESEND: "other" };
  const warned = (more: Readonly<Record<string, string>>) =>
    loadSettings({ ...azure, ...order, ...more }).warnings.map(({ name }) => name);
  expect(warned({})).toEqual(["SECOND_HOOK_FIRST_FOR", "SECOND_HOOK_ON_RESEND"]);
  expect(warned(url)).toEqual([]);
});
