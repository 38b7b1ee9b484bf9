import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { runScript } from "./run-script.ts";

const root = join(__dirname, "../..");
const isWide = (text: string) => text.split("\n").some((line) => line.length > 100);

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
    expect(help.output).toMatch(/^[A-Z][^#]+\nUsage: /);

    const places = usage.match(/(?<= )(?:<\w+>|\[\w+\])/g) ?? [];
    const wrong: [readonly string[], string][] = [
      [["--force"], "Unknown option."],
      [[...places, "more"].map(() => "dev"), "Too many arguments."],
    ];
    const [, first] = /<(\w+)>/.exec(usage) ?? [];
    if (first !== undefined) wrong.push([[], `${first} is missing.`]);
    for (const [args, words] of wrong) {
      const env = { RESOURCE_GROUP: "rg-example" };
      const { status, output, calls } = runScript(script, args, { env });
      expect([status, calls, output]).toEqual([64, [], `${words}\n${usage}\n`]);
    }
  },
);
