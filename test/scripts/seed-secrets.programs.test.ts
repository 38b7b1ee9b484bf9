import { secretList } from "../../src/settings/secret-list.ts";
import { option, runScript, type ScriptRun } from "./run-script.ts";

const secret = "a-hook-secret-that-nobody-else-may-see-1234";
const versionIds = ["v5", "v4", "v3", "v2"].map(
  (version) => `https://kv.example/secrets/okta-hook-secret/${version}`,
);
const versions = {
  call: "az keyvault secret list-versions *",
  says: versionIds.map((id) => `${id}\\n`).join(""),
};

function seed(kind: string, input = `${secret}\n`, bashOptions: readonly string[] = []): ScriptRun {
  return runScript("seed-secrets.sh", ["kv-example", kind], {
    // In this locale, é counts as a letter, but the script must refuse it.
    env: { LC_ALL: "C.UTF-8" },
    input,
    bashOptions,
    answers: [versions],
  });
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
    expect(option(run.calls[0], "--output")).toBe("none");
  });

  it("seed-secrets.sh does not print the secret under bash -x", () => {
    const traced = seed("hook-secret", undefined, ["-x"]);
    expect([traced.status, traced.output.includes(secret)]).toEqual([0, false]);
  });

  it("seed-secrets.sh makes a secret expire after 180 days, or after SECRET_DAYS", () => {
    const days = (run: ScriptRun) =>
      (Date.parse(option(run.calls[0], "--expires") ?? "") - Date.now()) / 86_400_000;
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
    const { calls } = seed(kind);
    expect(Object.values(secretList).map(({ name }) => name)).toContain(option(calls[0], "--name"));
    const disabled = calls.filter(
      (call) => call[3] === "set-attributes" && option(call, "--enabled") === "false",
    );
    expect(disabled.map((call) => option(call, "--id"))).toEqual(versionIds.slice(live));
  });

  it("seed-secrets.sh lists only enabled versions, newest first", () => {
    const query = option(seed("hook-secret").calls[1], "--query");
    expect(query).toBe("reverse(sort_by([?attributes.enabled], &attributes.created))[].id");
  });

  it("seed-secrets.sh disables no version if the new one was not stored", () => {
    const answers = [{ call: "az keyvault secret set *", fails: Infinity }, versions];
    const run = runScript("seed-secrets.sh", ["kv", "hook-secret"], { input: secret, answers });
    expect([run.status === 0, verbs(run), run.leftovers]).toEqual([
      false,
      ["az keyvault secret set"],
      [],
    ]);
  });
});

describe("refusing a value", () => {
  it.each([
    ["no input", ""],
    ["a value that is too short", "too-short\n"],
    ["a value with a space at the end", `${secret} \n`],
    ["a value with a character that HTTP headers cannot contain", `${secret}é\n`],
  ])("seed-secrets.sh refuses %s, and calls no program", (_, input) => {
    const run = seed("hook-secret", input);
    expect([run.status === 0, run.calls, run.leftovers]).toEqual([false, [], []]);
  });

  it("seed-secrets.sh accepts a space inside a hook's secret, and refuses a space inside 8x8's key", () => {
    const basic = `Basic ${secret}`;
    expect(seed("hook-secret", basic).file?.content).toBe(basic);
    expect(seed("8x8-key", basic).calls).toEqual([]);
  });
});

it("seed-secrets.sh generates a new hash key each time, and does not print it", () => {
  const [first, second] = [seed("hash-key", ""), seed("hash-key", "")];
  expect(first.file?.content).toMatch(/^[\da-f]{64}$/);
  expect(second.file?.content).not.toBe(first.file?.content);
  expect(JSON.stringify(first.calls) + first.output).not.toContain(first.file?.content);
});
