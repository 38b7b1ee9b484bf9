// Tests scripts/run.js in a made-up project. The module old.cjs makes Node report an old version.
// The stand-in for the locked Node prints its arguments.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { until } from "../until.ts";

let folder: string;
let input: Writable | undefined;
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
  for (const file of ["run.js", "find-node.js"])
    cpSync(join(__dirname, "../../scripts", file), join(folder, "scripts", file));
  write("package.json", JSON.stringify({ type: "module", scripts }));
  mkdirSync(join(folder, "node_modules"));
  write("old.cjs", `Object.defineProperty(process, "version", { value: "v20.20.2" });`);
  write("args.ts", "const given: string[] = process.argv.slice(1);\nconsole.log(given.join());");
});
afterEach(() => {
  input?.end();
  rmSync(folder, { recursive: true });
});

/** Creates a stand-in for the Node that npm ci installs. */
function installNode(): void {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const path = `node_modules/node-${platform}-${process.arch}/bin/node`;
  write(path, `#!/bin/sh\necho "locked: $*"\nexec '${process.execPath}' "$@"\n`, 0o755);
}

const old = ["--require", "./old.cjs"];
const options = () => ({
  cwd: folder,
  env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] },
});

function run(
  args: readonly string[],
  ofNode: readonly string[] = [],
  more: Record<string, string> = {},
) {
  const all = [...ofNode, "scripts/run.js", ...args];
  const { cwd, env } = options();
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    cwd,
    env: { ...env, ...more },
    encoding: "utf8",
  });
  return { status, stdout: stdout.trim().split("\n"), stderr };
}

const notInstalled = "Run `npm ci` first, because packages of this project are not installed.\n";

describe("without packages or a usable Node", () => {
  it.each([
    ["a new", []],
    ["an old", old],
  ])("run.js advises npm ci if node_modules is missing, with %s Node", (_, ofNode) => {
    rmSync(join(folder, "node_modules"), { recursive: true });
    expect(run(["first", "args.ts"], ofNode)).toEqual({
      status: 1,
      stdout: [""],
      stderr: notInstalled,
    });
  });

  it("run.js advises npm ci if the program needs a package that is not installed", () => {
    write("wants.ts", `import "./more.ts";`);
    write("more.ts", `import "a-package";`);
    expect(run(["wants.ts"])).toEqual({ status: 1, stdout: [""], stderr: notInstalled });
    expect(run(["node_modules/a-package"])).toEqual({
      status: 1,
      stdout: [""],
      stderr: notInstalled,
    });
  });

  it("run.js says without a stack that the folder cannot be written", () => {
    write(
      "writes.ts",
      `throw Object.assign(new Error("EACCES: mkdir 'dist'"), { code: "EACCES", path: "dist" });`,
    );
    const { status, stderr } = run(["writes.ts"]);
    expect([status, stderr]).toEqual([
      1,
      `This folder cannot be written: ${realpathSync(folder)}\n`,
    ]);
  });

  it("run.js runs no script and advises npm ci if a package of the app is not installed", () => {
    const dependencies = { "a-package": "1.0.0" };
    write("package.json", JSON.stringify({ type: "module", scripts, dependencies }));
    expect(run(["first", "args.ts"])).toEqual({ status: 1, stdout: [""], stderr: notInstalled });
    expect(existsSync(join(folder, "ran"))).toBe(false);
    write("node_modules/a-package/package.json", "{}");
    expect(run(["first", "args.ts"]).status).toBe(0);
  });
});

describe.each([
  ["the running Node", [], false],
  ["the locked Node", old, true],
])("with %s", (_, ofNode, locked) => {
  beforeEach(() => {
    if (locked) installNode();
  });

  it("run.js runs a file with its arguments", () => {
    const { status, stdout } = run(["args.ts", "--port", "7", "second"], ofNode);
    expect([status, stdout.at(-1)]).toEqual([0, `${join(folder, "args.ts")},--port,7,second`]);
    expect(stdout).toHaveLength(locked ? 2 : 1);
  });

  it("run.js runs the program of a package", () => {
    write("node_modules/a-tool/package.json", `{ "bin": { "tool": "bin/tool.cjs" } }`);
    write("node_modules/a-tool/bin/tool.cjs", "console.log(process.argv.slice(1).join());");
    const { stdout } = run(["node_modules/a-tool", "--check", "x.ts"], ofNode);
    expect(stdout.at(-1)).toBe(`${join(folder, "node_modules/a-tool/bin/tool.cjs")},--check,x.ts`);
  });

  it("run.js runs the named scripts first, in order", () => {
    expect(run(["first", "second", "args.ts"], ofNode).status).toBe(0);
    expect(readFileSync(join(folder, "ran"), "utf8")).toBe("first\nsecond\n");
  });

  it("run.js stops at a script that fails, with the script's exit code", () => {
    const { status, stdout } = run(["failing", "first", "args.ts"], ofNode);
    expect([status, stdout, existsSync(join(folder, "ran"))]).toEqual([3, [""], false]);
  });

  it.each(["--help", "-h"])("run.js runs no script if the program gets %s", (help) => {
    const { status, stdout } = run(["failing", "args.ts", help], ofNode);
    expect([status, stdout.at(-1)]).toEqual([0, `${join(folder, "args.ts")},${help}`]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "run.js passes %s to the program, and exits with the program's exit code",
    async (signal) => {
      write(
        "waits.ts",
        `process.on("${signal}", () => { console.log("told"); process.exitCode = 5; process.stdin.pause(); });
      // The program ends when stdin closes, even if the test fails.
      process.stdin.resume();
      console.log("ready");`,
      );
      const child = spawn(process.execPath, [...ofNode, "scripts/run.js", "waits.ts"], {
        ...options(),
        stdio: ["pipe", "pipe", "inherit"],
      });
      input = child.stdin;
      let stdout = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
      await until(() => stdout.includes("ready"));
      child.kill(signal);
      const [status] = (await once(child, "close")) as unknown[];
      expect([status, stdout.match(/told/g)]).toEqual([5, ["told"]]);
    },
  );
});

it("run.js makes scripts and programs that call node start the locked Node", () => {
  installNode();
  write(
    "child.ts",
    `import { execFileSync } from "node:child_process";\nexecFileSync("node", ["-p", "1"], { stdio: "inherit" });`,
  );
  const { stdout } = run(["second", "child.ts"], old);
  expect(stdout.filter((line) => line.startsWith("locked: "))).toEqual([
    "locked: --version",
    expect.stringContaining("child.ts"),
    "locked: -p 1",
  ]);
});

it("run.js and find-node.js have no types and import no packages, so an old Node can parse them", () => {
  for (const file of ["run.js", "find-node.js"]) {
    const imported = readFileSync(join(folder, "scripts", file), "utf8").match(
      /(?<=^import .* from ").*(?=";$)/gm,
    );
    expect(
      imported?.filter((name) => !name.startsWith("node:") && name !== "./find-node.js"),
    ).toEqual([]);
    const check = ["--no-experimental-strip-types", "--check", `scripts/${file}`];
    const { status, stderr } = spawnSync(process.execPath, check, {
      ...options(),
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([0, ""]);
  }
});

test.each([
  ["okta", "1 acme.test,127.0.0.1,localhost"],
  ["accept", "1 acme.test,127.0.0.1,localhost"],
  ["local", "undefined acme.test"],
])(
  "run.js makes tools/%s/main.ts use HTTPS_PROXY only if it calls other machines",
  (tool, expected) => {
    const file = `tools/${tool}/main.ts`;
    write(file, "console.log(process.env.NODE_USE_ENV_PROXY, process.env.NO_PROXY);");
    const proxy = { HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "acme.test" };
    expect(run([file], [], proxy).stdout).toEqual([expected]);
  },
);
