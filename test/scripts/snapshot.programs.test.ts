import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runScript } from "./run-script.ts";

const examples = "infra/environments/examples";
let home: string;
function write(file: string, text: string, mode?: number): void {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), text, { mode });
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "compilers-"));
  for (const file of [
    "examples/dev/main",
    "examples/front/front",
    "examples/prod/bootstrap",
    "examples/small/main",
    "acme/main",
  ])
    write(`infra/environments/${file}.bicepparam`, "");
  // Each stand-in for the compiler prints its name, its arguments and PLACEHOLDERS.
  for (const name of [".azure/bin", "named", "path"])
    write(
      `${name}/bicep`,
      `#!/bin/sh\necho "${name} $2 $3 $4 $PLACEHOLDERS"\necho '{ "outputs": {} }' >"\${2%.bicepparam}.snapshot.json"\n`,
      0o755,
    );
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const snapshot = (BICEP: string) =>
  runScript("snapshot.sh", [], {
    env: { HOME: home, PATH: `${home}/path:${process.env["PATH"]}`, BICEP },
    cwd: home,
  });

it.each([
  ["the pinned compiler, even if PATH has another", "", ".azure/bin"],
  ["the compiler in BICEP, even if the pinned one exists", "named", "named"],
])(
  "snapshot.sh writes the snapshots of the examples front, prod and small with %s",
  (_, named, used) => {
    const { status, output } = snapshot(named && join(home, named, "bicep"));
    expect([status, output.trim().split("\n")]).toEqual([
      0,
      [
        `${used} ${examples}/front/front.bicepparam --resource-group rg-okta8x8-front allowed`,
        `${used} ${examples}/prod/bootstrap.bicepparam --subscription-id 00000000-0000-0000-0000-000000000000 allowed`,
        `${used} ${examples}/small/main.bicepparam --resource-group rg-okta8x8-small allowed`,
      ],
    ]);
  },
);
