import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(__dirname, "../..");
const files = [
  "docs/configure.md",
  "docs/runbooks.md",
  "docs/is-this-for-you.md",
  "docs/guard.md",
  "docs/parameters.md",
  "docs/troubleshoot.md",
  "infra/types.bicep",
  "local.settings.json.example",
];
const read = (file: string, directory = root) => readFileSync(join(directory, file), "utf8");

function generate(cwd: string, ...args: readonly string[]) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, "scripts/generate.ts"), ...args],
    {
      cwd,
      encoding: "utf8",
    },
  );
  return { status, stderr };
}

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "generate-"));
});
afterAll(() => {
  rmSync(copy, { recursive: true });
});
beforeEach(() => {
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
});
const change = (file: string, from: string, to: string) => {
  const text = read(file, copy);
  expect(text).toContain(from);
  writeFileSync(join(copy, file), text.replace(from, to));
};

test("the committed files are up to date with npm run generate", () => {
  expect(generate(root, "--check")).toEqual({ status: 0, stderr: "" });
});

test("npm run generate updates outdated files, and with --check only names them", () => {
  change("docs/configure.md", "`record` (or", "`recording` (or");
  change("docs/runbooks.md", "[`codes-failing`]", "[`codes-fail`]");
  change("docs/is-this-for-you.md", "| warm instances", "| instances");
  change("docs/guard.md", "| `number-limit` ", "| `number` ");
  change("docs/parameters.md", "| `stateTable` ", "| `table` ");
  change("docs/troubleshoot.md", "- `voice-off`", "- `voice`");
  change("infra/types.bicep", "  GUARD_EXEMPT_RANGES: string?", "  GUARD_EXEMPT_RANGE: string?");
  change("local.settings.json.example", '    "PHONE_DEFAULT_COUNTRY": "",\n', "");
  // The text around the table is not generated.
  change("docs/configure.md", "\nOn a laptop, and only there, ", "\nBy hand. ");
  const before = files.map((file) => read(file, copy));
  const { status, stderr } = generate(copy, "--check");
  expect([status, stderr.match(/^\S+(?= .*Run npm run generate\.$)/gm)]).toEqual([1, files]);
  expect(files.map((file) => read(file, copy))).toEqual(before);

  expect(generate(copy)).toEqual({ status: 0, stderr: "" });
  change("docs/configure.md", "\nBy hand. ", "\nOn a laptop, and only there, ");
  expect(files.map((file) => read(file, copy))).toEqual(files.map((file) => read(file)));
});

test("npm run generate names a file that lacks a marker, and writes no file", () => {
  change("infra/types.bicep", "// end of what npm run generate writes\n", "");
  change("local.settings.json.example", "local-hook-secret", "another-key");
  const { status, stderr } = generate(copy);
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining("infra/types.bicep needs the two marker lines"),
  ]);
  expect(read("local.settings.json.example", copy)).toContain("another-key");
});
