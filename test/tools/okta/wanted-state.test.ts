import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startOkta, type Okta } from "./running-okta.ts";

const root = join(__dirname, "../../..");
const example = (name: string) => `infra/environments/examples/${name}/okta.json`;
const committed = [...globSync(example("*"), { cwd: root }), "local/okta.json"];

let okta: Okta;
beforeAll(async () => {
  okta = await startOkta("https://func.test/api/okta/telephony");
});
afterAll(() => okta.stop());

/** A whole file, as text, in place of infra/environments/test/okta.json. */
async function planWith(state: object): Promise<{ readonly exitCode: number; readonly output: string }> {
  okta.want(state);
  return okta.okta("plan --env test");
}

it.each(committed)("%s has the form, holds no secret, and is refused while it is an example", async (file) => {
  const text = readFileSync(join(root, file), "utf8");
  expect(text).not.toMatch(/secret"?\s*:|token"|password|privateKey/i);
  const { exitCode, output } = await planWith(JSON.parse(text) as object);
  // On a laptop nobody listens while npm start does not run.
  const refusal = file.startsWith("local/") ? /did not answer|gives no token/ : /still holds examples/;
  expect([exitCode, output]).toEqual([1, expect.stringMatching(refusal)]);
});

test("the stand-by's is production's but for the URL: applying it is the failover", () => {
  const [dr = "", prod = ""] = ["dr", "prod"].map((name) => readFileSync(join(root, example(name)), "utf8"));
  const withoutUrl = (text: string) => text.replace(/"url": "[^"]*"/, "");
  expect(withoutUrl(dr)).toBe(withoutUrl(prod));
  expect(dr).not.toBe(prod);
});

const hookAt = (url: string) => ({ name: "8x8", url, auth: "secret", header: "authorization" });

test.each<[string, object, string]>([
  ["plain http", { org: "http://acme.okta.com" }, "org: is not an https URL"],
  ["more than a host", { org: "https://acme.okta.com/admin" }, "org: is more than"],
  ["loopback before another host", { org: "http://127.0.0.1.evil.test" }, "org: is not an https URL"],
  ["a user before the host", { org: "https://hunter2@evil.test" }, "org: is not an https URL without a user"],
  ["a user in the hook's URL", { hook: hookAt("https://okta:hunter2@evil.test/") }, "hook.url: is not an https URL"],
  ["a user that is another host", { hook: hookAt("http://127.0.0.1:x@evil.test/") }, "hook.url: is not an https URL"],
  ["a host behind a backslash", { hook: hookAt("https://a.test\\@evil.test/") }, "hook.url: is not a URL in plain"],
  ["a host that looks like another", { hook: hookAt("https://\u0430cme.test/") }, "hook.url: is not a URL in plain"],
  ["a line break in a URL", { events: { name: "e", url: "https://a.test/\n", filter: true } }, "events.url: is not a"],
  ["a secret", { secret: "hunter2-hunter2-hunter2" }, "Unrecognized key"],
  ["an unknown way to sign in", { hook: { name: "8x8", url: "https://a.test/", auth: "basic" } }, "hook.auth"],
])("%s is refused by the field's name, never by its value", async (_, change, words) => {
  const { exitCode, output } = await planWith({ ...okta.wanted, ...change });
  expect([exitCode, output]).toEqual([1, expect.stringContaining(words)]);
  expect(output).not.toContain("hunter2");
});
