import { readFileSync } from "node:fs";
import { secretList } from "../../src/settings/secrets.ts";
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
    input,
    bashOptions,
    answers: [versions],
  });
}

function verbs({ calls }: ScriptRun): readonly string[] {
  return calls.map((call) => call.slice(0, 4).join(" "));
}

describe("seeding a secret", () => {
  const run = seed("hook-secret");

  it("stores exactly what was typed, through a private file that is deleted", () => {
    expect([run.status, run.file, run.leftovers]).toEqual([
      0,
      { content: secret, mode: "600", umask: "0077" },
      [],
    ]);
  });

  it("shows the secret in no argument, environment or output", () => {
    expect(JSON.stringify(run.calls)).not.toContain(secret);
    expect(run.environment).not.toContain(secret);
    expect(run.output).not.toContain(secret);
    expect(option(run.calls[0], "--output")).toBe("none");
  });

  it("shows nothing under bash -x", () => {
    const traced = seed("hook-secret", undefined, ["-x"]);
    expect([traced.status, traced.output.includes(secret)]).toEqual([0, false]);
  });

  it("expires after 180 days, or after SECRET_DAYS", () => {
    const days = (run: ScriptRun) =>
      (Date.parse(option(run.calls[0], "--expires") ?? "") - Date.now()) / 86_400_000;
    expect(days(run)).toBeCloseTo(180, 1);
    const env = { SECRET_DAYS: "30" };
    expect(
      days(runScript("seed-secrets.sh", ["kv", "8x8-key"], { input: secret, env })),
    ).toBeCloseTo(30, 1);
  });

  it("accepts a value without a line break at the end", () => {
    expect(seed("hook-secret", secret).file?.content).toBe(secret);
  });
});

describe("disabling old versions", () => {
  it.each([
    ["hook-secret", 2],
    ["event-secret", 2],
    ["receipt-secret", 2],
    ["8x8-key", 1],
    ["hash-key", 1],
  ])(
    "of the %s, stored under the name that the code reads, keeps live versions: %i",
    (kind, live) => {
      const { calls } = seed(kind);
      expect(Object.values(secretList).map(({ name }) => name)).toContain(
        option(calls[0], "--name"),
      );
      const disabled = calls.filter(
        (call) => call[3] === "set-attributes" && option(call, "--enabled") === "false",
      );
      expect(disabled.map((call) => option(call, "--id"))).toEqual(versionIds.slice(live));
    },
  );

  it("counts only enabled versions, newest first", () => {
    const query = option(seed("hook-secret").calls[1], "--query");
    expect(query).toBe("reverse(sort_by([?attributes.enabled], &attributes.created))[].id");
  });

  it("disables nothing if the new version was not stored", () => {
    const answers = [{ call: "az keyvault secret set *", fails: Infinity }, versions];
    const run = runScript("seed-secrets.sh", ["kv", "hook-secret"], { input: secret, answers });
    expect([run.status === 0, verbs(run), run.leftovers]).toEqual([
      false,
      ["az keyvault secret set"],
      [],
    ]);
  });
});

describe("refusing", () => {
  it.each([
    ["nothing", ""],
    ["an empty line", "\n"],
    ["a short one", "too-short\n"],
    ["a space", `${secret} ${secret}\n`],
    ["a character that HTTP headers cannot contain", `${secret}é\n`],
  ])("%s changes nothing", (_, input) => {
    const run = seed("hook-secret", input);
    expect([run.status === 0, run.calls, run.leftovers]).toEqual([false, [], []]);
  });

  it("an unknown kind of secret", () => {
    expect(seed("password")).toMatchObject({ status: 64, calls: [] });
  });
});

it("generates a new hash key each time", () => {
  const [first, second] = [seed("hash-key", ""), seed("hash-key", "")];
  expect(first.file?.content).toMatch(/^[\da-f]{64}$/);
  expect(second.file?.content).not.toBe(first.file?.content);
  expect(JSON.stringify(first.calls) + first.output).not.toContain(first.file?.content);
});

it("stores each secret under the name that the app reads", () => {
  const script = readFileSync("scripts/seed-secrets.sh", "utf8");
  const written = [...script.matchAll(/^  [\w-]+\) name=([\w-]+) live=/gm)].map(([, name]) => name);
  const read = Object.values(secretList).map(({ name }) => name);
  expect(written.sort()).toEqual(read.sort());
});
