import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { runScript } from "./run-script.ts";

const root = join(__dirname, "../..");
const isWide = (text: string) => text.split("\n").some((line) => line.length > 100);

const commandFile = readFileSync(join(root, "tools/command.js"), "utf8");
/** Scripts that tools/command.js runs, and the names of their commands. */
const commandOf = new Map(
  Array.from(
    commandFile.matchAll(/"?([\w-]+)"?: \["scripts\/(.*?)"/g),
    ([, name = "", script = ""]) => [script, name],
  ),
);

// Other commands, such as jest, print their own help.
const commands = Object.entries(packageJson.scripts).filter(([, script]) => script.includes(".ts"));

test.each(commands)("npm run %s -- --help prints help of at most 100 columns", (_, script) => {
  // Starting the script directly instead of through npm saves half a second.
  const { status, stdout } = spawnSync(`${script} --help`, {
    cwd: root,
    encoding: "utf8",
    shell: true,
  });
  expect([status, stdout, isWide(stdout)]).toEqual([0, expect.stringMatching(/\S/), false]);
});

test.each(globSync("*.sh", { cwd: join(root, "scripts") }))(
  "%s prints help, refuses wrong arguments with its usage, and calls no program",
  (script) => {
    const help = runScript(script, ["--help"]);
    const [usage = ""] = /^Usage: .*$/m.exec(help.output) ?? [];
    expect([help.status, help.calls, isWide(help.output)]).toEqual([0, [], false]);
    expect([help.output, usage]).toEqual([
      expect.stringMatching(/^[A-Z][^#]+$/),
      expect.stringMatching(
        commandOf.has(script)
          ? ` npx --no okta-8x8-telephony ${commandOf.get(script) ?? ""}( |$)`
          : ` scripts/${script}( |$)`,
      ),
    ]);

    const places = usage.match(/(?<= )(?:<\w+>|\[\w+\])/g) ?? [];
    const wrong: [readonly string[], string][] = [
      [["--force"], "Unknown option."],
      [[...places, "more"].map(() => "dev"), "Too many arguments."],
    ];
    if (usage.includes("<")) wrong.push([[], " is missing."]);
    for (const [args, words] of wrong) {
      const env = { RESOURCE_GROUP: "rg-example" };
      const { status, output, calls } = runScript(script, args, { env });
      expect([status, calls, output.trimEnd().split("\n")]).toEqual([
        64,
        [],
        [expect.stringContaining(words), usage],
      ]);
    }
  },
);

test("seed-secrets.sh does not print a secret that was typed as an argument", () => {
  for (const args of [
    ["kv", "hook-secret", "s3cret"],
    ["kv", "-s3cret"],
  ])
    expect(runScript("seed-secrets.sh", args).output).not.toContain("s3cret");
});
