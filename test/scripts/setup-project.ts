import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { typeAnswers, type Answers } from "./terminal.ts";

const root = join(__dirname, "../..");

export const apiKey = "an-8x8-key-that-nobody-else-may-see";

export const answers: Answers = {
  "sub-account for SMS": "octo_otp",
  "Sender of SMS": "Octo",
  "8x8 API key": apiKey,
  "Continue?": "y",
  "Is this yours?": "y",
};

export const productionAnswers: Answers = {
  ...answers,
  "Countries of your people": "BR,PT",
  "People to page": "on-call@octo.org",
  "not urgent": "team@octo.org,desk@octo.org",
};

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

export type SetupProject = ReturnType<typeof createSetupProject>;
export type SetupRun = Awaited<ReturnType<SetupProject["setup"]>>;

const programs = {
  az: "azure-stand-in.bash",
  gh: "github-stand-in.bash",
  node: "node-stand-in.bash",
  npm: "npm-stand-in.bash",
  curl: "npm-stand-in.bash",
  sleep: "npm-stand-in.bash",
  "check-environment": "npm-stand-in.bash",
  okta: "npm-stand-in.bash",
  hook: "npm-stand-in.bash",
  // The stand-ins source this file.
  "stand-in-record.bash": "stand-in-record.bash",
};

/** The installed package in a company's repository. */
export const installed = "node_modules/okta-8x8-telephony";

/**
 * Creates a company's repository with the package, an origin, a home folder and stand-ins for
 * programs.
 * @param from `package`: a copy of the package's scripts and examples. `clone`: a clone of the
 * product instead of a company's repository. Otherwise the package's tarball, which npm installs.
 */
export function createSetupProject(from: "package" | "clone" | (string & {}) = "package") {
  const top = from === "clone" ? "." : installed;
  const folder = mkdtempSync(join(tmpdir(), "setup-"));
  made.push(folder);
  const project = join(folder, "project");
  const product = join(project, top);
  const standIn = join(folder, "stand-in");
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const write = (path: string, text: string | undefined) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (text === undefined) rmSync(join(folder, path));
    else writeFileSync(join(folder, path), text);
  };
  write("stand-in/azure/login", "subscription-id\tuser\tOcto subscription\tocto@octo.org\n");
  write("stand-in/azure/roles/owner", "Owner\t/subscriptions/subscription-id\t\n");
  write("stand-in/github/login", "");
  write("stand-in/github/repository", "octo-org/telephony 77 99 true\n");
  write("stand-in/github/subject", "true repo:octo-org@77/telephony@99\n");
  for (const [program, source] of Object.entries(programs)) {
    write(`programs/${program}`, readFileSync(join(__dirname, source), "utf8"));
    chmodSync(join(folder, "programs", program), 0o755);
  }
  mkdirSync(join(folder, "tmp"));

  if (from !== "package" && from !== "clone") installTarball(from);
  else copyProduct();
  write("project/.gitignore", "node_modules/\ntools\n*.zip\n");
  write("home/.gitconfig", "[user]\n\tname = Octo\n\temail = octo@octo.org\n");
  const env = {
    PATH: `${join(folder, "programs")}:${process.env["PATH"] ?? ""}`,
    HOME: join(folder, "home"),
    STAND_IN: standIn,
    NODE: process.execPath,
    BICEP: "true",
    TMPDIR: join(folder, "tmp"),
    OKTA: [join(product, "tools/okta.js"), join(root, "tools/okta/main.ts")].find(existsSync) ?? "",
    SMOKE_CHECKS: "1",
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? "",
  };
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: project, env, encoding: "utf8" });
  git("init", "--quiet", "--initial-branch", "main");
  git("init", "--quiet", "--bare", "--initial-branch", "main", "../origin");
  git("remote", "add", "origin", "../origin");
  git("add", ".");
  git("commit", "--quiet", "--message", "feat: the project");
  git("push", "--quiet", "origin", "main");

  function copyProduct(): void {
    const rolling = "infra/regions-with-rolling-update.json";
    for (const path of ["scripts", "infra/environments/examples", rolling])
      cpSync(join(root, path), join(product, path), {
        recursive: true,
        filter: (file) => !file.endsWith(".snapshot.json"),
      });
    // Setup checks answers with the app's own code.
    symlinkSync(join(root, "tools"), join(product, "tools"));
    const manifest = {
      type: "module",
      version: "3.0.0",
      repository: "github:octo-org/product",
      gitHead: "a1b2c3d",
    };
    writeFileSync(join(product, "package.json"), JSON.stringify(manifest, null, 2));
    if (from === "clone") {
      write("project/package-lock.json", "{}\n");
      return;
    }
    writeFileSync(join(product, "okta-8x8-telephony.zip"), "package");
    write("project/package.json", '{ "dependencies": { "okta-8x8-telephony": "3.0.0" } }\n');
    const { version } = packageJson;
    write("project/o.tgz", "the package");
    const integrity = `sha512-${createHash("sha512").update("the package").digest("base64")}`;
    const packages = { [installed]: { version, resolved: "file:o.tgz", integrity } };
    write("project/package-lock.json", JSON.stringify({ packages }));
  }

  function installTarball(tarball: string): void {
    mkdirSync(project, { recursive: true });
    cpSync(tarball, join(project, basename(tarball)));
    const npm = ["install", "--offline", "--no-audit", "--no-fund", `./${basename(tarball)}`];
    execFileSync("npm", npm, { cwd: project, stdio: "ignore" });
  }

  const filesIn = (path: string) =>
    readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));

  function state(): Readonly<Record<string, string>> {
    const files = ["stand-in/azure", "stand-in/github", "project/environments"]
      .filter((path) => existsSync(join(folder, path)))
      .flatMap(filesIn)
      .sort();
    return {
      origin: git("ls-remote", "origin", "main"),
      ...Object.fromEntries(files.map((file) => [file, read(file)])),
    };
  }

  /** The call that matches the first line of `fails` fails, and prints the other lines. */
  async function setup(args: readonly string[], typed: Answers, fails?: string, shell = "bash") {
    for (const name of ["calls", "environment"]) write(`stand-in/${name}`, "");
    if (fails !== undefined) write("stand-in/fails", fails);
    const command = [shell, join(top, "scripts/setup.sh"), ...args].join(" ");
    const run = await typeAnswers(command, typed, project, env);
    const refused = join(standIn, "refused");
    if (existsSync(refused)) throw new Error(readFileSync(refused, "utf8"));
    const calls = read("stand-in/calls")
      .split("\x1e")
      .filter(Boolean)
      .map((call) => call.split("\x1f").slice(0, -1).join(" "));
    const environment = read("stand-in/environment");
    for (const file of filesIn("stand-in/azure"))
      if (file.includes("/secrets/") && `${calls.join()}${environment}`.includes(read(file)))
        throw new Error(`${file} was in an argument or in the environment of a program.`);
    return { ...run, calls, environment };
  }

  return {
    setup,
    path: (path: string) => join(folder, path),
    files: (path: string) => readdirSync(join(folder, path)),
    read,
    secret: (environment: string, name: string) =>
      read(`stand-in/azure/secrets/kv-${environment}/${name}`),
    /** Role assignments in Azure, without that of the owner who runs setup. */
    roles: () => readdirSync(join(standIn, "azure/roles")).filter((file) => file !== "owner"),
    holders: (text: string) =>
      filesIn("").filter((file) => readFileSync(join(folder, file)).includes(text)),
    /** Writes a text to a file. Without a text, deletes the file. */
    write,
    state,
    git,
    env,
  };
}
