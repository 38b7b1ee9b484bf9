import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseWantedState, readWantedState } from "../../../tools/okta/wanted-state.ts";

const root = join(__dirname, "../../..");
const example = (name: string) => `infra/environments/examples/${name}/okta.json`;
const committed = globSync(example("*"), { cwd: root });

it.each(committed)(
  "%s has the right format and no secret, but is refused as an example",
  (file) => {
    expect(readFileSync(join(root, file), "utf8")).not.toMatch(
      /secret"?\s*:|token"|password|privateKey/i,
    );
    const read = () =>
      readWantedState(file.replace(/^infra\/environments\/|\/okta\.json$|\.json$/g, ""));
    expect(read).toThrow("still has example values");
  },
);

const hookAt = (url: string) => ({ name: "8x8", url, auth: "secret", header: "authorization" });

test.each<[string, object, string]>([
  ["plain http", { org: "http://acme.okta.com" }, "org: must be an https URL"],
  [
    "an address that people copy from the browser",
    { org: "https://acme-admin.oktapreview.com/admin/dashboard" },
    "org: is the address of the Admin Console. Use https://acme.oktapreview.com",
  ],
  ["more than a host", { org: "https://acme.okta.com/admin" }, "org: must be only"],
  [
    "a user before the host",
    { org: "https://hunter2@evil.test" },
    "org: must be an https URL without a user",
  ],
  [
    "a host after a backslash",
    { hook: hookAt("https://a.test\\@evil.test/") },
    "hook.url: must be a URL in ASCII",
  ],
  [
    "a host with a Cyrillic letter",
    { hook: hookAt("https://\u0430cme.test/") },
    "hook.url: must be a URL in ASCII",
  ],
  [
    "a line break in a URL",
    { events: { name: "e", url: "https://a.test/\n", filter: true } },
    "events.url: must be a URL in ASCII",
  ],
  ["a secret", { secret: "hunter2-hunter2-hunter2" }, "Unrecognized key"],
])("the error for %s names the field and never quotes its value", (_, change, words) => {
  const wanted = {
    org: "https://acme.okta.com",
    clientId: "0oa1",
    hook: hookAt("https://func.test/"),
    phone: { sms: true, voice: false, allowedFor: "any" },
  };
  const read = (changed: object) => () =>
    parseWantedState(JSON.stringify({ ...wanted, ...changed }), "okta.json");
  expect(read({})).not.toThrow();
  expect(read(change)).toThrow(words);
  expect(read(change)).not.toThrow("hunter2");
});

test("the environment local needs a running app, and refuses an org on another machine", () => {
  const read = () => readWantedState("local");
  expect(read).toThrow(
    "This terminal is not connected to a running app. In another terminal, run: npx --no okta-8x8-telephony start --azure",
  );
  const folder = mkdtempSync(join(tmpdir(), "local-"));
  const file = join(folder, "okta.json");
  const state = { org: "https://acme.okta.com", clientId: "0oa1", hook: hookAt("https://f.test/") };
  writeFileSync(file, JSON.stringify(state));
  process.env["LOCAL_OKTA_STATE"] = file;
  expect(read).toThrow("its org has the address of another machine");
  delete process.env["LOCAL_OKTA_STATE"];
  rmSync(folder, { recursive: true });
});
