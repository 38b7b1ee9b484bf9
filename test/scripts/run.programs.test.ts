// Tests scripts/run.js in a made-up project. The module old.cjs makes Node report an old version.
// The stand-in for the locked Node (the Node that npm ci installs) prints its arguments.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { until } from "../until.ts";

const launcher = ["scripts/run.js", "scripts/start-program.js"];
let folder: string;
const write = (file: string, content: string, mode?: number) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content, { mode });
};

const scripts = {
  first: 'echo "first" >>ran',
  second: `node --version && echo "second" >>ran`,
  failing: "exit 3",
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "run-"));
  for (const file of launcher) cpSync(join(__dirname, "../..", file), join(folder, file));
  write("package.json", JSON.stringify({ type: "module", scripts }));
  mkdirSync(join(folder, "node_modules"));
  write("old.cjs", `Object.defineProperty(process, "version", { value: "v22.20.2" });`);
  write("args.ts", "const given: string[] = process.argv.slice(1);\nconsole.log(given.join());");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function installNode(): void {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const path = `node_modules/node-${platform}-${process.arch}/bin/node`;
  write(path, `#!/bin/sh\necho "locked: $*"\nexec '${process.execPath}' "$@"\n`, 0o755);
}

const old = ["--require", "./old.cjs"];
const options = (env: Readonly<Record<string, string>> = {}) => {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { cwd: folder, env: { PATH, NODE_COMPILE_CACHE, ...env } };
};

function run(
  args: readonly string[],
  ofNode: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
) {
  const all = [...ofNode, "scripts/run.js", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    ...options(env),
    encoding: "utf8",
  });
  return { status, stdout: stdout.trim().split("\n"), stderr };
}

it.each([
  ["node_modules is missing", "first args.ts", [], "Run `npm ci` first, "],
  ["node_modules is missing and Node is old", "first args.ts", old, "Run `npm ci` first, "],
  ["a package's program is missing", "node_modules/a-package", [], "Run `npm ci` first, "],
  ["Node is too old", "args.ts", old, "Node v22.20.2 is too old. Install Node 22.21 or newer.\n"],
  ["the locked Node is missing and required", "args.ts", [], "Run `npm ci` again.\n"],
])("if %s, run.js says what to install and runs nothing", (problem, args, ofNode, words) => {
  if (problem.startsWith("node_modules")) rmSync(join(folder, "node_modules"), { recursive: true });
  const env = problem.endsWith("required") ? { LOCKED_NODE_REQUIRED: "1" } : {};
  const { status, stdout, stderr } = run(args.split(" "), ofNode, env);
  expect([status, stdout, stderr]).toEqual([1, [""], expect.stringContaining(words)]);
  expect([stderr.trim().split("\n").length, existsSync(join(folder, "ran"))]).toEqual([1, false]);
});

it.each([
  ["needs a package that is not installed", `import "./more.ts";`, "Run `npm ci` first, "],
  [
    "cannot write the folder",
    `throw Object.assign(new Error("EACCES: mkdir 'dist'"), { code: "EACCES", path: "dist" });`,
    "This folder cannot be written: ",
  ],
])("run.js says in one line, without a stack, that the program %s", (_, program, words) => {
  write("program.ts", program);
  write("more.ts", `import "a-package";`);
  const { status, stderr } = run(["program.ts"]);
  expect([status, stderr.trim().split("\n")]).toEqual([1, [expect.stringContaining(words)]]);
});

it("run.js ends without an error if the program that reads its output has ended", () => {
  write("program.ts", `for (let n = 0; n < 100_000; n++) console.log("a line");`);
  const command = `"${process.execPath}" scripts/run.js program.ts | head -n 1`;
  const { stdout, stderr } = spawnSync("sh", ["-c", command], { ...options(), encoding: "utf8" });
  expect([stdout, stderr]).toEqual(["a line\n", ""]);
});

describe.each([
  ["the running Node", [], false],
  ["the locked Node", old, true],
])("with %s", (_, ofNode, locked) => {
  beforeEach(() => {
    if (locked) installNode();
  });

  it("run.js runs the named scripts in order, then a file with its arguments", () => {
    const { status, stdout } = run(["first", "second", "args.ts", "--port", "7"], ofNode);
    expect([status, stdout.at(-1)]).toEqual([0, `${join(folder, "args.ts")},--port,7`]);
    expect(readFileSync(join(folder, "ran"), "utf8")).toBe("first\nsecond\n");
    // The locked Node runs twice: for the file, and for the script `second`, which calls node.
    expect(stdout.filter((line) => line.startsWith("locked: "))).toHaveLength(locked ? 2 : 0);
  });

  it("run.js runs the program of a package", () => {
    write("node_modules/a-tool/package.json", `{ "bin": { "tool": "bin/tool.cjs" } }`);
    write("node_modules/a-tool/bin/tool.cjs", "console.log(process.argv.slice(1).join());");
    const { stdout } = run(["node_modules/a-tool", "--check", "x.ts"], ofNode);
    expect(stdout.at(-1)).toBe(`${join(folder, "node_modules/a-tool/bin/tool.cjs")},--check,x.ts`);
  });

  it("run.js stops at a script that fails, and with --help runs no script", () => {
    const { status, stdout } = run(["failing", "first", "args.ts"], ofNode);
    expect([status, stdout, existsSync(join(folder, "ran"))]).toEqual([3, [""], false]);
    const help = run(["failing", "args.ts", "--help"], ofNode);
    expect([help.status, help.stdout.at(-1)]).toEqual([0, `${join(folder, "args.ts")},--help`]);
  });

  it("run.js passes SIGTERM to the program, and exits with the program's exit code", async () => {
    write(
      "waits.ts",
      `process.on("SIGTERM", () => { console.log("told"); process.exitCode = 5; process.stdin.pause(); });
      // The program ends when stdin closes, even if the test fails.
      process.stdin.resume();
      console.log("ready");`,
    );
    const child = spawn(process.execPath, [...ofNode, "scripts/run.js", "waits.ts"], {
      ...options(),
      stdio: ["pipe", "pipe", "inherit"],
    });
    try {
      let stdout = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
      await until(() => stdout.includes("ready"));
      child.kill("SIGTERM");
      const [status] = (await once(child, "close")) as unknown[];
      expect([status, stdout.match(/told/g)]).toEqual([5, ["told"]]);
    } finally {
      child.stdin.end();
    }
  });
});

it.each(launcher)(
  "%s has no types and imports no packages, so that an old Node can run it",
  (file) => {
    const imported = readFileSync(join(folder, file), "utf8").match(/(?<= from ").*(?=")/g);
    expect(imported?.filter((name) => !name.startsWith("node:"))).toEqual([]);
    const check = ["--no-experimental-strip-types", "--check", file];
    expect(spawnSync(process.execPath, check, options()).status).toBe(0);
  },
);

test.each([
  ["okta", "1 acme.test,127.0.0.1,localhost"],
  ["local", "undefined acme.test"],
])(
  "run.js makes tools/%s/main.ts use HTTPS_PROXY only if that program calls other machines",
  (tool, expected) => {
    const file = `tools/${tool}/main.ts`;
    write(file, "console.log(process.env.NODE_USE_ENV_PROXY, process.env.NO_PROXY);");
    const proxy = { HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "acme.test" };
    expect(run([file], [], proxy).stdout).toEqual([expected]);
  },
);
