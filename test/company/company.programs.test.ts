// A company installs the package into a folder without git and without other packages, and does what
// docs/deploy.md says. Azure, GitHub and Okta are stand-ins.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { startOktaOrg } from "../../tools/sandbox/okta/management/org.ts";
import { findCompiler } from "../infra/bicep.ts";
import { hasCompiler } from "../infra/compiler.ts";
import { answers, apiKey, createSetupProject, installed } from "../scripts/setup-project.ts";
import { apiToken } from "../tools/okta/signed-in.ts";
import { until } from "../until.ts";
import { buildPackage } from "../worker/built.ts";

jest.setTimeout(240_000);

const { version } = packageJson;
const tarball = join(buildPackage(), `okta-8x8-telephony-${version}.tgz`);
const folder = mkdtempSync(join(tmpdir(), "company-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

// In jest, `node` on the PATH may be older than this process.
const PATH = `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`;
const { HOME, NODE_COMPILE_CACHE } = process.env;
/** Without a registry, so a call of one fails. */
const env = { PATH, HOME, NODE_COMPILE_CACHE, npm_config_registry: "http://127.0.0.1:9/" };
const typed = (command: string) => ["--no", "okta-8x8-telephony", ...command.split(" ")];
function run(command: string, more: Readonly<Record<string, string>> = {}, cwd = folder) {
  const { status, stdout, stderr } = spawnSync("npx", typed(command), {
    cwd,
    env: { ...env, ...more },
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}
/** Runs a command while this process reads another command's output. */
async function runBeside(
  command: string,
  more: Readonly<Record<string, string>> = {},
  cwd = folder,
) {
  const child = spawn("npx", typed(command), { cwd, env: { ...env, ...more } });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const [status] = (await once(child, "close")) as [number];
  return { status, output };
}
const install = (from: string, cwd = folder) =>
  execFileSync("npm", ["install", "--no-audit", "--no-fund", from], { cwd, env });

beforeAll(() => {
  writeFileSync(join(folder, "package.json"), "{}");
  install(tarball);
});

test("npm installs one package, without a registry and without install scripts", () => {
  const packages = readdirSync(join(folder, "node_modules")).filter(
    (name) => !name.startsWith("."),
  );
  expect(packages).toEqual(["okta-8x8-telephony"]);
  const manifest = JSON.parse(
    readFileSync(join(folder, installed, "package.json"), "utf8"),
  ) as object;
  expect(Object.keys(manifest)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/dependencies|scripts/i)]),
  );
  expect(manifest).toMatchObject({ name: "okta-8x8-telephony", version });
});

/** Runs the command start until `use` returns. */
async function withApp(
  args: readonly string[],
  more: Readonly<Record<string, string>>,
  use: (printed: () => string) => Promise<void>,
): Promise<void> {
  const ports = ["--port", "0", "--sandbox-port", "0", "--okta-port", "0"];
  const started = spawn("npx", [...typed("start"), ...ports, ...args], {
    cwd: folder,
    env: { ...env, ...more },
    detached: true,
  });
  let printed = "";
  for (const stream of [started.stdout, started.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
  try {
    await until(() => printed.includes("Press Ctrl-C to stop"));
    await use(() => printed);
  } finally {
    // The minus sends the signal to npx and its children, as Ctrl-C in a terminal does.
    process.kill(-(started.pid ?? 0), "SIGINT");
    await once(started, "close");
  }
}
const urlOf = (name: string, printed: string) =>
  new RegExp(`${name}: +(\\S+)`).exec(printed)?.[1] ?? "";

test("in a folder below environments/, a command names the folder to run it in", () => {
  const below = join(folder, "environments/dev");
  mkdirSync(below, { recursive: true });
  expect(run("check dev", {}, below)).toEqual({
    status: 64,
    output: `This folder has no environments/. Run the command in ${folder}\n`,
  });
  expect(run("check --help", {}, below).status).toBe(0);
  rmSync(join(folder, "environments"), { recursive: true });
});

test("init says that the package has no signature, and asks for owners until CODEOWNERS exists", () => {
  const company = join(folder, "init");
  mkdirSync(company);
  writeFileSync(join(company, "package.json"), "{}");
  cpSync(tarball, join(company, "okta.tgz"));
  install("./okta.tgz", company);
  const first = run("init", {}, company).output;
  expect(first).toContain(
    "copies of the product's workflows. They do not verify who built the package",
  );
  expect(first).toContain("init --owners @");
  expect(run("init --owners @octo-org/identity", {}, company).status).toBe(0);
  expect(run("init", {}, company).output).not.toContain("--owners");
});

test("start runs the app and the compiled phone page, and hook sends one code by SMS", async () => {
  await withApp([], {}, async (printed) => {
    const { status, output } = await runBeside(`hook --url ${urlOf("Okta's hook", printed())}`);
    expect([status, output]).toEqual([0, expect.stringContaining("Accepted: ")]);
    expect(printed()).toContain("SMS to +12025550123");
    const script = await fetch(new URL("page.js", urlOf("Phone page", printed())));
    expect([script.status, script.headers.get("content-type")]).toEqual([
      200,
      "text/javascript; charset=utf-8",
    ]);
    expect((await script.text()).length).toBeGreaterThan(10_000);
  });
});

test("start --host func runs the installed app on the Functions host, and prints its events", async () => {
  const func = `exec "${process.execPath}" "${resolve("test/tools/local/func.ts")}" "$@"`;
  const programs = mkdtempSync(join(tmpdir(), "func-"));
  writeFileSync(join(programs, "func"), `#!/bin/sh\n${func}\n`, { mode: 0o755 });
  await withApp(["--host", "func"], { PATH: `${programs}:${PATH}` }, async (printed) => {
    expect((await runBeside(`hook --url ${urlOf("Okta's hook", printed())}`)).status).toBe(0);
    await until(() => printed().includes("→ accepted"));
  });
  rmSync(programs, { recursive: true });
});

test("with Node 20, every command is one sentence", () => {
  const old = join(folder, "old.cjs");
  writeFileSync(old, 'Object.defineProperty(process, "version", { value: "v20.19.0" });');
  for (const command of ["start", "setup dev", "okta plan --env dev"])
    expect(run(command, { NODE_OPTIONS: `--require ${old}` })).toEqual({
      status: 1,
      output: "Node v20.19.0 is too old. Install Node 22.21 or newer.\n",
    });
});

// Without the Bicep compiler, compiler.programs.test.ts fails.
(hasCompiler ? describe : describe.skip)("in Azure, with stand-ins", () => {
  const project = createSetupProject(tarball);
  const company = project.path("project");
  const check = (environment: string, stage = "") =>
    spawnSync("npx", typed(`check ${environment}`), {
      cwd: company,
      env: { ...env, BICEP: findCompiler() ?? "", STAGE: stage },
      encoding: "utf8",
    }).stdout;

  test("setup small needs no git, and writes values that pass the check with Bicep", async () => {
    const without = createSetupProject(tarball);
    rmSync(without.path("project/.git"), { recursive: true });
    const small = {
      "8x8 API key": apiKey,
      "Continue?": "y",
      "Is this yours?": "y",
      "sub-account": "octo_otp",
      "Countries of your people": "BR",
      "your copy of docs/runbooks.md": "https://wiki.octo.org/runbooks",
    };
    const { status, screen } = await without.setup(["small"], small);
    expect([status, screen]).toEqual([0, expect.stringMatching(/\nDone\. In Okta, /)]);
    const checked = spawnSync("npx", typed("check small"), {
      cwd: without.path("project"),
      env: { ...env, BICEP: findCompiler() ?? "", STAGE: "test" },
      encoding: "utf8",
    });
    expect(checked.stdout).toContain("environments/small: no problem.\n");
  });

  test("setup dev writes and pushes the values and the workflows, and deploys", async () => {
    const { status } = await project.setup(["dev"], answers);
    expect(status).toBe(0);
    const pushed = project
      .git("show", "--format=", "--name-only", "origin/main")
      .trim()
      .split("\n");
    expect(pushed).toEqual([
      ".github/workflows/okta-8x8-telephony-okta.yml",
      ".github/workflows/okta-8x8-telephony.yml",
      ".gitignore",
      ...["bootstrap.bicepparam", "main.bicepparam", "pipeline.json"].map(
        (name) => `environments/dev/${name}`,
      ),
      "package.json",
    ]);
    expect(project.git("status", "--porcelain")).toBe("");
    expect(check("dev")).toMatch(/^environments\/dev: no problem\.$/m);
  });

  test("a second setup changes nothing", async () => {
    const state = project.state();
    const { status, screen } = await project.setup(["dev"], { "Continue?": "y" });
    expect([status, project.state()]).toEqual([0, state]);
    expect(screen).not.toContain("(not shown)");
  });

  test("deploy checks the values, deploys templates and code, and tests the app", () => {
    project.write("stand-in/calls", "");
    const { status, stderr } = spawnSync("npx", typed("deploy dev"), {
      cwd: company,
      env: { ...project.env, RESOURCE_GROUP: "rg-okta8x8-dev", UPDATE_SECONDS: "0" },
      encoding: "utf8",
    });
    expect([stderr, status]).toEqual([expect.anything(), 0]);
    const calls = project.read("stand-in/calls").replaceAll("\x1f", " ").split("\x1e");
    const steps = ["check-environment", "az deployment group create", "config-zip", "hook --url"];
    const at = steps.map((step) => calls.findIndex((call) => call.includes(step)));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at).not.toContain(-1);
  });

  test("okta plans the hook in an org", async () => {
    const org = await startOktaOrg({ apiToken });
    const state = {
      org: org.url,
      clientId: "0oa1",
      hook: {
        name: "8x8",
        url: "https://otp.octo.org/api/okta/telephony",
        auth: "secret",
        header: "authorization",
      },
    };
    project.write("project/environments/dev/okta.json", JSON.stringify(state));
    const more = { OKTA_API_TOKEN: apiToken };
    const { status, output } = await runBeside("okta plan --env dev", more, company);
    await org.close();
    project.write("project/environments/dev/okta.json", undefined);
    expect([status, output]).toEqual([
      2,
      expect.stringMatching(
        /^~ telephony hook: create and activate, with the URL https:\/\/otp\.octo\.org\//m,
      ),
    ]);
  });

  test("an upgrade is npm install and init, which change eleven lines and no value", () => {
    const next = packNextVersion(company);
    install(next, company);
    expect(run("init", {}, company).status).toBe(0);
    expect(check("dev")).toMatch(/^environments\/dev: no problem\.$/m);
    const changed = project.git("diff", "--numstat").trim().split("\n");
    expect(changed).toEqual([
      // Version, checksum and tarball.
      "3\t3\t.github/workflows/okta-8x8-telephony-okta.yml",
      "3\t3\t.github/workflows/okta-8x8-telephony.yml",
      "4\t4\tpackage-lock.json",
      "1\t1\tpackage.json",
    ]);
  });
});

/** Packs the package again as a later version with a changed template. */
function packNextVersion(into: string): string {
  const next = join(folder, "next");
  mkdirSync(next);
  execFileSync("tar", ["-xzf", tarball, "--directory", next]);
  const own = join(next, "package");
  const edit = (file: string, change: (text: string) => string) => {
    writeFileSync(join(own, file), change(readFileSync(join(own, file), "utf8")));
  };
  edit("package.json", (text) => text.replace(`"version": "${version}"`, '"version": "3.0.1"'));
  edit("infra/main.bicep", (text) => `${text}// New in 3.0.1.\n`);
  execFileSync("npm", ["pack", own, "--silent"], { cwd: into, env });
  return "./okta-8x8-telephony-3.0.1.tgz";
}
