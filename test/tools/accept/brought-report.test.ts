import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assumptions } from "../../../tools/accept/assumptions.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "accept-"));
  git("init", "--quiet");
  mkdirSync(join(folder, "infra/environments/test"), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const git = (...args: string[]) => execFileSync("git", ["-C", folder, ...args]);

/** With nobody signed in anywhere. */
function accept(...args: string[]) {
  const main = join(__dirname, "../../../tools/accept/main.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "test", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
    },
  });
  return { status, output: stdout + stderr };
}

function writeState() {
  const hook = { name: "8x8", url: "http://127.0.0.1:9/", auth: "secret", header: "authorization" };
  writeFileSync(
    join(folder, "infra/environments/test/okta.json"),
    JSON.stringify({
      org: "http://127.0.0.1:9",
      clientId: "0oa1",
      hook,
      phone: { sms: true, voice: false, allowedFor: "any" },
    }),
  );
}

test("a report that a branch brought is not believed", () => {
  writeState();
  const entries = assumptions.map(({ id }) => ({ id, verdict: "holds", seen: "", at: "" }));
  writeFileSync(
    join(folder, "accept-report.json"),
    JSON.stringify({ environment: "test", entries }),
  );
  git("add", "--force", "accept-report.json");
  const { status, output } = accept("--yes");
  expect([status, output]).toEqual([
    1,
    expect.stringContaining("accept-report.json is tracked by git"),
  ]);
  expect(output).not.toContain("All is as assumed");
});

test("a run writes through no link that a branch brought", () => {
  writeState();
  symlinkSync("../elsewhere", join(folder, "accept-report.md"));
  git("add", "--force", "accept-report.md");
  expect(accept("--yes", "--again")).toEqual({
    status: 1,
    output: expect.stringContaining("accept-report.md is tracked by git") as string,
  });
});
