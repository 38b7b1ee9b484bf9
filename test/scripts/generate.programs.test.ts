import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(__dirname, "../..");
/** For each file, the beginning of a line that is generated. */
const generated = {
  "docs/configure.md": "| `PHONE_DEFAULT_COUNTRY` ",
  "docs/runbooks.md": "[`codes-failing`]",
  "docs/is-this-for-you.md": "| warm instances",
  "docs/guard.md": "| `number-limit` ",
  "docs/parameters.md": "| `stateTable` ",
  "docs/troubleshoot.md": "- `voice-off`",
  "infra/types.bicep": "  GUARD_EXEMPT_RANGES: string?",
  "local.settings.json.example": '"PHONE_DEFAULT_COUNTRY": ""',
};
const files = Object.keys(generated);
const committed = files.map((file) => readFileSync(join(root, file), "utf8"));

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
const texts = () => files.map((file) => readFileSync(join(copy, file), "utf8"));

function generate() {
  const words = [join(root, "scripts/generate.ts")];
  return spawnSync(process.execPath, words, { cwd: copy, encoding: "utf8" });
}

function change(file: string, from: string, to: string): void {
  const text = readFileSync(join(copy, file), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(copy, file), text.replace(from, to));
}

// If this test fails, run npm run generate.
test("npm run generate writes each committed file, and keeps the text around the tables", () => {
  for (const [file, line] of Object.entries(generated)) change(file, line, "changed");
  change("docs/configure.md", "\nOn a laptop, and only there, ", "\nBy hand. ");
  const { status, stderr } = generate();
  expect([status, stderr]).toEqual([0, ""]);
  change("docs/configure.md", "\nBy hand. ", "\nOn a laptop, and only there, ");
  expect(texts()).toEqual(committed);
});
