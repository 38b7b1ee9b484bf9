import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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

/** Runs the command without a sign-in to Azure or Okta. */
const accept = (...args: string[]) => acceptIn("test", ...args);

function acceptIn(environment: string, ...args: string[]) {
  const main = join(__dirname, "../../../tools/accept/main.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, environment, ...args], {
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

test("a run refuses a report that git tracks, and does not use its verdicts", () => {
  writeState();
  const entries = assumptions.map(({ id }) => ({ id, verdict: "holds", seen: "", at: "" }));
  writeFileSync(
    join(folder, "accept-report.json"),
    JSON.stringify({ environment: "test", entries }),
  );
  git("add", "--force", "accept-report.json");
  const { status, output } = accept("--yes");
  expect([status, output]).toEqual([
    2,
    expect.stringContaining("accept-report.json is tracked by git"),
  ]);
  expect(output).not.toContain("All is as assumed");
});

test("a run refuses a link in place of its report if git tracks the link", () => {
  writeState();
  symlinkSync("../elsewhere", join(folder, "accept-report.md"));
  git("add", "--force", "accept-report.md");
  expect(accept("--yes")).toEqual({
    status: 2,
    output: expect.stringContaining("accept-report.md is tracked by git") as string,
  });
});

test("a run refuses to change the report of another environment", () => {
  writeState();
  accept("--saw", "okta-resend", "yes", "Three SMS came.");
  const report = readFileSync(join(folder, "accept-report.json"), "utf8");
  mkdirSync(join(folder, "infra/environments/other"));
  for (const args of [["--saw", "okta-resend", "no", "None came."], ["--yes"]])
    expect(acceptIn("other", ...args)).toEqual({
      status: 2,
      output: expect.stringContaining("belongs to another environment") as string,
    });
  expect(readFileSync(join(folder, "accept-report.json"), "utf8")).toBe(report);
});

test("--saw works without a network, and writes the names of resources only with --names", () => {
  const saw = ["--saw", "okta-resend", "no", "Two came, to +12025550123."];
  expect(accept(...saw)).toMatchObject({ status: 0 });
  const read = (kind: string) => readFileSync(join(folder, `accept-report.${kind}`), "utf8");
  expect(read("md")).toMatch(/^1\. Differs: `okta-resend`\./m);
  expect(read("md")).toContain("Two came, to ….");
  expect(read("md") + read("json")).not.toMatch(/\btest\b|rg-okta8x8/);
  expect(accept(...saw, "--names")).toMatchObject({ status: 0 });
  expect(read("json")).toContain('"group": "rg-okta8x8-test"');
});

test("a second run at the same time is refused, but not one after a killed run", () => {
  const lock = join(folder, "accept-report.lock");
  writeFileSync(lock, String(process.pid));
  expect(accept("--yes")).toEqual({
    status: 2,
    output: expect.stringContaining("Another run (process ") as string,
  });
  expect(existsSync(lock)).toBe(true);
  writeFileSync(lock, "0");
  expect(accept("--saw", "okta-resend", "yes", "Three came.")).toMatchObject({ status: 0 });
  expect(existsSync(lock)).toBe(false);
});
