// @ts-check
// node scripts/run.js <script of package.json>… <file, or node_modules/<package>> [argument…]
// Runs the package.json scripts, then the file or the package's program. It uses the Node that npm
// ci installed, or otherwise the running Node. With --help, only the program runs. This file is
// plain JavaScript, because Node 16 must be able to run it and find a Node that runs TypeScript.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { isatty } from "node:tty";
import { fileURLToPath, pathToFileURL } from "node:url";

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const starter = join(project, "scripts/start-program.js");
const withAll = process.env["NODE_ENV"] === "production" ? " without NODE_ENV=production" : "";
const notInstalled = `Run \`npm ci\`${withAll} first, because packages of this project are not installed.`;

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

// The installed package has no scripts, needs no other package, and runs with the running Node.
const { scripts } = readJson(join(project, "package.json"));

/** @param {boolean} needsPackages */
function findNode(needsPackages) {
  if (needsPackages && !existsSync(join(project, "node_modules"))) fail(notInstalled);
  const [os, file] =
    process.platform === "win32" ? ["win", "node.exe"] : [process.platform, "node"];
  // The folder node_modules/.bin has no link to this Node after an installation with npm 10.
  const locked = join(project, "node_modules", `node-${os}-${process.arch}`, "bin", file);
  const [major = 0, minor = 0] = process.version.slice(1).split(".").map(Number);
  const isTooOld = major < 22 || (major === 22 && minor < 21);
  if (!existsSync(locked)) {
    // This Node is an optional package, so npm ci succeeds even if it cannot install this Node.
    if (process.env["LOCKED_NODE_REQUIRED"])
      fail("npm ci did not install the Node of package-lock.json. Run `npm ci` again.");
    if (isTooOld) fail(`Node ${process.version} is too old. Install Node 22.21 or newer.`);
    return process.execPath;
  }
  if (isTooOld)
    console.error(
      "Install Node 22.21 or newer. Until then, commands run with the Node that npm ci installed.",
    );
  return realpathSync(locked);
}

/** @param {string[]} names */
function runScripts(names) {
  for (const name of names) {
    const { status } = spawnSync(scripts[name], { cwd: project, shell: true, stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
}

/** @param {string} target */
function programOf(target) {
  const path = resolve(target);
  if (/\.[jt]s$/.test(path)) return path;
  const manifest = join(path, "package.json");
  if (!existsSync(manifest)) return fail(notInstalled);
  const { bin } = readJson(manifest);
  return join(path, typeof bin === "string" ? bin : Object.values(bin)[0]);
}

/**
 * If HTTPS_PROXY is set and the program calls other machines, prepares the environment for the
 * proxy and returns true. The program then needs a new process, because Node reads
 * NODE_USE_ENV_PROXY only at its start: https://nodejs.org/api/cli.html#node_use_env_proxy1
 *
 * @param {string} target
 */
function needsProxy(target) {
  const { env } = process;
  const isGiven = env["HTTPS_PROXY"] || env["https_proxy"];
  const callsOut = /tools[\\/](?:accept|okta|hook)(?:[\\/]|\.js$)/.test(target);
  if (!isGiven || env["NODE_USE_ENV_PROXY"] || !callsOut) return false;
  env["NODE_USE_ENV_PROXY"] = "1";
  // Stand-ins on this machine need no proxy. Node prefers no_proxy to NO_PROXY.
  const direct = [env["no_proxy"] || env["NO_PROXY"], "127.0.0.1", "localhost"];
  env["no_proxy"] = env["NO_PROXY"] = direct.filter(Boolean).join(",");
  return true;
}

/**
 * @param {string} started
 * @param {string[]} program
 */
function runWith(started, program) {
  const child = spawn(started, program, { stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
    // On Ctrl-C, the terminal itself sends SIGINT to the child.
    process.on(signal, () => (signal === "SIGINT" && isatty(0)) || child.kill(signal));
  child.on("error", (error) => fail(`${started} cannot be started: ${error.message}.`));
  child.on("exit", (code, signal) =>
    process.exit(code ?? 128 + constants.signals[signal ?? "SIGTERM"]),
  );
}

const args = process.argv.slice(2);
const at = args.findIndex((given) => /[\\/]|\.ts$/.test(given));
const [target = "", ...given] = args.slice(at);
const isScript = target.endsWith(".sh");
const node = findNode(scripts !== undefined && !isScript);
// Child processes that start `node` must get this Node.
if (node !== process.execPath)
  process.env["PATH"] = `${dirname(node)}${delimiter}${process.env["PATH"] ?? ""}`;
if (isScript) runWith("bash", [target, ...given]);
else {
  if (!given.includes("--help") && !given.includes("-h")) runScripts(args.slice(0, at));
  const program = [starter, programOf(target), ...given];
  const isBehindProxy = needsProxy(target);
  if (node !== process.execPath || isBehindProxy) runWith(node, program);
  else {
    process.argv.splice(1, Infinity, ...program);
    await import(pathToFileURL(starter).href);
  }
}
