import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kept-"));
  git("init", "--quiet");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const git = (...args: string[]) => execFileSync("git", args, { cwd: folder });
const file = "kept/state.json";
function keep(path: string) {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), "{}");
}

/** Runs refuseTracked() in its own process, because git inherits its environment. */
function refuse() {
  const module = join(__dirname, "../../../tools/okta/untracked-file.ts");
  const script = `import { refuseTracked } from ${JSON.stringify(module)}; refuseTracked("${file}");`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", script],
    { cwd: folder, encoding: "utf8", env: { PATH: process.env["PATH"] } },
  );
  return [status, /Nothing was changed\./.test(stderr)];
}

test("refuseTracked() accepts a file that git does not track", () => {
  keep(file);
  expect(refuse()).toEqual([0, false]);
});

test.each<[string, () => void]>([
  [
    "git tracks the file",
    () => {
      keep(file);
      git("add", file);
    },
  ],
  [
    "git tracks the file's name in another case",
    () => {
      keep("Kept/State.json");
      git("add", "Kept/State.json");
    },
  ],
  [
    "the file's folder is a tracked link",
    () => {
      keep("elsewhere/state.json");
      symlinkSync("elsewhere", join(folder, "kept"));
      git("add", "kept", "elsewhere");
    },
  ],
  [
    "the folder has no repository, as in a ZIP",
    () => {
      keep(file);
      rmSync(join(folder, ".git"), { recursive: true });
    },
  ],
])("refuseTracked() refuses a file if %s", (_, arrange) => {
  arrange();
  expect(refuse()).toEqual([1, true]);
});
