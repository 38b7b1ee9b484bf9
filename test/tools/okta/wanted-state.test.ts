import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepRunningApp } from "../../../tools/running-app.ts";
import { parseWantedState, readWantedState } from "../../../tools/okta/wanted-state.ts";

const root = join(__dirname, "../../..");
const example = (name: string) => `infra/environments/examples/${name}/okta.json`;
const committed = globSync(example("*"), { cwd: root });

it.each(committed)(
  "%s has the form, holds no secret, and is refused while it is an example",
  (file) => {
    expect(readFileSync(join(root, file), "utf8")).not.toMatch(
      /secret"?\s*:|token"|password|privateKey/i,
    );
    const read = () =>
      readWantedState(file.replace(/^infra\/environments\/|\/okta\.json$|\.json$/g, ""));
    expect(read).toThrow("still holds examples");
  },
);

test("the stand-by's is production's but for the URL: applying it is the failover", () => {
  const [dr = "", prod = ""] = ["dr", "prod"].map((name) =>
    readFileSync(join(root, example(name)), "utf8"),
  );
  const withoutUrl = (text: string) => text.replace(/"url": "[^"]*"/, "");
  expect(withoutUrl(dr)).toBe(withoutUrl(prod));
  expect(dr).not.toBe(prod);
});

const hookAt = (url: string) => ({ name: "8x8", url, auth: "secret", header: "authorization" });

test.each<[string, object, string]>([
  ["plain http", { org: "http://acme.okta.com" }, "org: is not an https URL"],
  ["more than a host", { org: "https://acme.okta.com/admin" }, "org: is more than"],
  [
    "loopback before another host",
    { org: "http://127.0.0.1.evil.test" },
    "org: is not an https URL",
  ],
  [
    "a user before the host",
    { org: "https://hunter2@evil.test" },
    "org: is not an https URL without a user",
  ],
  [
    "a user in the hook's URL",
    { hook: hookAt("https://okta:hunter2@evil.test/") },
    "hook.url: is not an https URL",
  ],
  [
    "a user that is another host",
    { hook: hookAt("http://127.0.0.1:x@evil.test/") },
    "hook.url: is not an https URL",
  ],
  [
    "a host behind a backslash",
    { hook: hookAt("https://a.test\\@evil.test/") },
    "hook.url: is not a URL in plain",
  ],
  [
    "a host that looks like another",
    { hook: hookAt("https://\u0430cme.test/") },
    "hook.url: is not a URL in plain",
  ],
  [
    "a line break in a URL",
    { events: { name: "e", url: "https://a.test/\n", filter: true } },
    "events.url: is not a",
  ],
  ["a secret", { secret: "hunter2-hunter2-hunter2" }, "Unrecognized key"],
  [
    "an unknown way to sign in",
    { hook: { name: "8x8", url: "https://a.test/", auth: "basic" } },
    "hook.auth",
  ],
])("%s is refused by the field's name, never by its value", (_, change, words) => {
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

describe("the environment local", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "local-"));
    process.chdir(folder);
    file = join(folder, "okta.json");
    process.env["LOCAL_OKTA_STATE"] = file;
  });
  afterEach(() => {
    delete process.env["LOCAL_OKTA_STATE"];
    process.chdir(root);
    rmSync(folder, { recursive: true });
  });
  const state = {
    clientId: "0oa1",
    hook: hookAt("https://func.test/"),
    phone: { sms: true, voice: false, allowedFor: "any" },
  };
  const read = () => readWantedState("local");

  it("is the org that the npm start of this terminal wrote", () => {
    writeFileSync(file, JSON.stringify({ org: "http://127.0.0.1:7123", ...state }));
    expect(read().org).toBe("http://127.0.0.1:7123");
  });

  it("names the command to run in a terminal that knows no npm start", () => {
    delete process.env["LOCAL_OKTA_STATE"];
    expect(read).toThrow(
      "This terminal does not know which npm start is meant. Run npm start -- --azure in another",
    );
  });

  it("names the files of those that run when the one of this terminal has stopped", () => {
    const app = {
      sandboxUrl: "http://127.0.0.1:7072",
      header: "authorization",
      hookSecret: "a",
      eventSecret: "b",
    };
    const forget = [7121, 7131].map((port) => {
      const stop = keepRunningApp({ url: `http://127.0.0.1:${port}`, ...app });
      writeFileSync(`.cache/npm-start/${port}/env`, "");
      return stop;
    });
    expect(read).toThrow(
      "has stopped. Run here: source .cache/npm-start/7121/env, or: source .cache/npm-start/7131/env",
    );
    for (const stop of forget) stop();
  });

  it("is never an org on another machine", () => {
    writeFileSync(file, JSON.stringify({ org: "https://acme.okta.com", ...state }));
    expect(read).toThrow("not on this machine");
  });
});
