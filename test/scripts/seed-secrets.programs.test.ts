/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
import { secretList } from "../../src/settings/secret-list.ts";
import { runQuery } from "../infra/kql-run.ts";
import { option, runScript, type Answer, type ScriptRun } from "./run-script.ts";

const secret = "a-hook-secret-that-nobody-else-may-see-1234";
const versionIds = ["v5", "v4", "v3", "v2"].map(
  (version) => `https://kv.example/secrets/okta-hook-secret/${version}`,
);
const versions = {
  call: "az keyvault secret list-versions *",
  says: versionIds.map((id) => `${id}\\n`).join(""),
};

const created = {
  call: "az keyvault secret list-versions *attributes.created --output*",
  says: "2026-11-03T08:00:00+00:00\\n2026-06-01T08:00:00+00:00\\n",
};

/** Azure's answers to the script's search for requests that used the older live version. */
function log(row: string): readonly Answer[] {
  return [
    created,
    { call: "az keyvault show *", says: "rg-otp\\n" },
    { call: "az resource list *", says: "/components/appi-otp\\n" },
    { call: "az resource show *", says: "11111111-2222-3333-4444-555555555555\\n" },
    { call: "az rest *", says: row },
    versions,
  ];
}

function seed(kind: string, input = `${secret}\n`, bashOptions: readonly string[] = []): ScriptRun {
  return runScript("seed-secrets.sh", ["kv-example", kind], {
    // In this locale, é counts as a letter, but the script must refuse it.
    env: { LC_ALL: "C.UTF-8" },
    input,
    bashOptions,
    answers: log("0\\t\\n"),
  });
}

function callOf({ calls }: ScriptRun, verb: string) {
  return calls.find((call) => call.slice(1, 4).join(" ") === `keyvault secret ${verb}`);
}

function verbs({ calls }: ScriptRun): readonly string[] {
  return calls.map((call) => call.slice(0, 4).join(" "));
}

describe("storing a secret", () => {
  const run = seed("hook-secret");

  it("seed-secrets.sh stores exactly the typed value, through a private file that it deletes", () => {
    expect([run.status, run.file, run.leftovers]).toEqual([
      0,
      { content: secret, mode: "600", umask: "0077" },
      [],
    ]);
  });

  it("seed-secrets.sh keeps the secret out of arguments, environments and its output", () => {
    expect(JSON.stringify(run.calls)).not.toContain(secret);
    expect(run.environment).not.toContain(secret);
    expect(run.output).not.toContain(secret);
    expect(option(callOf(run, "set"), "--output")).toBe("none");
  });

  it("seed-secrets.sh does not print the secret under bash -x", () => {
    const traced = seed("hook-secret", undefined, ["-x"]);
    expect([traced.status, traced.output.includes(secret)]).toEqual([0, false]);
  });

  it("seed-secrets.sh makes a secret expire after 180 days, or after SECRET_DAYS", () => {
    const days = (run: ScriptRun) =>
      (Date.parse(option(callOf(run, "set"), "--expires") ?? "") - Date.now()) / 86_400_000;
    expect(days(run)).toBeCloseTo(180, 1);
    const env = { SECRET_DAYS: "30" };
    expect(
      days(runScript("seed-secrets.sh", ["kv", "8x8-key"], { input: secret, env })),
    ).toBeCloseTo(30, 1);
  });
});

describe("disabling old versions", () => {
  it.each([
    ["hook-secret", 2],
    ["event-secret", 2],
    ["receipt-secret", 2],
    ["8x8-key", 1],
    ["second-hook-secret", 1],
    ["hash-key", 1],
  ])("seed-secrets.sh disables old versions of %s until %i are live", (kind, live) => {
    const run = seed(kind);
    const name = option(callOf(run, "set"), "--name");
    expect(Object.values(secretList).map((one) => one.name)).toContain(name);
    const disabled = run.calls.filter(
      (call) => call[3] === "set-attributes" && option(call, "--enabled") === "false",
    );
    expect(disabled.map((call) => option(call, "--id"))).toEqual(versionIds.slice(live));
  });

  it("seed-secrets.sh lists only enabled versions, newest first", () => {
    const query = option(callOf(seed("8x8-key"), "list-versions"), "--query");
    expect(query).toBe("reverse(sort_by([?attributes.enabled], &attributes.created))[].id");
  });

  it("seed-secrets.sh disables no version if the new one was not stored", () => {
    const answers = [{ call: "az keyvault secret set *", fails: Infinity }, versions];
    const run = runScript("seed-secrets.sh", ["kv", "8x8-key"], { input: secret, answers });
    expect([run.status === 0, verbs(run), run.leftovers]).toEqual([
      false,
      ["az keyvault secret set"],
      [],
    ]);
  });
});

describe("a hook secret that callers still use", () => {
  const replace = (answers: readonly Answer[], env = {}) =>
    runScript("seed-secrets.sh", ["kv", "hook-secret"], { input: `${secret}\n`, answers, env });
  const used = log("41\\t2026-12-01T09:30:00Z\\n");

  it("seed-secrets.sh changes nothing if requests of the last day used the version", () => {
    const run = replace(used);
    expect([run.status, callOf(run, "set"), callOf(run, "set-attributes")]).toEqual([
      1,
      undefined,
      undefined,
    ]);
    expect(run.output).toContain(
      "from 2026-06-01T08:00:00+00:00, which callers used on 2026-12-01",
    );
  });

  it.each([
    ["version 1 before the newer version was created", "2026-11-03T07:59:00Z", 1, 1],
    ["version 1 before every instance knew the newer version", "2026-11-03T08:05:00Z", 1, 1],
    ["version 2 after the newer version was created", "2026-11-03T08:01:00Z", 2, 1],
    ["no version 1 after every instance knew the newer version", "2026-11-03T08:07:00Z", 1, 0],
    ["no version 2 before the newer version was created", "2026-11-03T07:59:00Z", 2, 0],
  ])("seed-secrets.sh counts as a use %s", (_, at, secretVersion, uses) => {
    const rest = replace(used).calls.find((call) => call[1] === "rest") ?? [];
    const query = option(rest, "--url-parameters")?.replace("query=", "") ?? "";
    const event = { timestamp: new Date(at), name: "otp-delivery" };
    const customEvents = [{ ...event, customDimensions: { secretVersion: String(secretVersion) } }];
    const [row] = runQuery(query, { customEvents }, new Date("2026-11-03T09:00:00Z"));
    expect(row).toMatchObject({ Uses: uses });
  });

  it("seed-secrets.sh tells the operator to preview the hook before DISABLE_USED=yes", () => {
    const { output } = replace(used);
    expect(output).toContain("Six minutes after 2026-11-03T08:00:00+00:00 or later, preview");
    expect(output).toMatch(/secretVersion is 2.*\n.*do not disable it here/);
    expect(output).toMatch(/the answer is 401, compare .*\n.*OKTA_AUTH_HEADER/);
    expect(output).toContain("After 1 or 401, run the script again with DISABLE_USED=yes.");
  });

  it("seed-secrets.sh disables the used version with DISABLE_USED=yes", () => {
    const run = replace(used, { DISABLE_USED: "yes" });
    expect([run.status, option(callOf(run, "set-attributes"), "--enabled")]).toEqual([0, "false"]);
  });

  it("seed-secrets.sh changes nothing if the log has no requests, or cannot be read", () => {
    const unreadable = { call: "az keyvault show *", fails: Infinity, error: "Forbidden" };
    for (const answers of [log(""), [created, unreadable, versions]]) {
      const run = replace(answers);
      expect([run.status, callOf(run, "set")]).toEqual([1, undefined]);
      expect(run.output).toContain("The log does not show whether callers still use the version");
    }
  });

  it("seed-secrets.sh asks no log before the first rotation, which disables no version", () => {
    const one = { ...created, says: "2026-11-03T08:00:00+00:00\\n" };
    const run = replace([one, versions]);
    expect([run.status, run.calls.some((call) => call[1] === "rest")]).toEqual([0, false]);
  });
});

describe("refusing a value", () => {
  it.each([
    ["no input", ""],
    ["a value that is too short", "too-short\n"],
    ["a value with a space at the end", `${secret} \n`],
    ["a value with a character that HTTP headers cannot contain", `${secret}é\n`],
  ])("seed-secrets.sh refuses %s, and stores nothing", (_, input) => {
    const run = seed("hook-secret", input);
    expect([run.status === 0, callOf(run, "set"), run.leftovers]).toEqual([false, undefined, []]);
  });

  it("seed-secrets.sh accepts a space inside a hook's secret, and refuses a space inside 8x8's key", () => {
    const basic = `Basic ${secret}`;
    expect(seed("hook-secret", basic).file?.content).toBe(basic);
    expect(callOf(seed("8x8-key", basic), "set")).toBeUndefined();
  });
});

it("seed-secrets.sh generates a new hash key each time, and does not print it", () => {
  const [first, second] = [seed("hash-key", ""), seed("hash-key", "")];
  expect(first.file?.content).toMatch(/^[\da-f]{64}$/);
  expect(second.file?.content).not.toBe(first.file?.content);
  expect(JSON.stringify(first.calls) + first.output).not.toContain(first.file?.content);
});
