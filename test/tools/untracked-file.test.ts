import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

test.each<[string, number, () => void]>([
  ["accepts a file that git does not track", 0, () => undefined],
  ["refuses a file that git tracks", 1, () => git("add", file)],
  [
    "refuses a file whose name git tracks in another case",
    1,
    () => {
      keep("Kept/State.json");
      git("add", "Kept/State.json");
    },
  ],
  [
    "refuses a file in a tracked link",
    1,
    () => {
      renameSync(join(folder, "kept"), join(folder, "elsewhere"));
      symlinkSync("elsewhere", join(folder, "kept"));
      git("add", "kept", "elsewhere");
    },
  ],
  [
    "refuses a file outside any repository, such as an unpacked ZIP",
    1,
    () => {
      rmSync(join(folder, ".git"), { recursive: true });
    },
  ],
])("refuseTracked() %s", (_, expected, arrange) => {
  keep(file);
  arrange();
  // Git's environment variables could name another repository.
  const module = join(__dirname, "../../tools/untracked-file.ts");
  const script = `import { refuseTracked } from ${JSON.stringify(module)}; refuseTracked("${file}");`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", script],
    { cwd: folder, encoding: "utf8", env: { PATH: process.env["PATH"] } },
  );
  expect([status, stderr.includes("Nothing was changed.")]).toEqual([expected, expected === 1]);
});
