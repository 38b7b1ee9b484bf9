// @ts-check
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { isatty } from "node:tty";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findNode, isTooOld, oldestNode } from "./find-node.js";

// node scripts/run.js <script of package.json>… <file.ts, or node_modules/<package>> [argument…]
// Runs the package.json scripts, then the file or the package's program, with the Node that
// find-node.js finds. With --help it runs only the program.
const launcher = fileURLToPath(import.meta.url);
const project = dirname(dirname(launcher));
const args = process.argv.slice(2);
// First argument of a process that runWith starts.
const here = "--here";
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

/** @param {string} name */
function isInstalled(name) {
  const folders = createRequire(launcher).resolve.paths(name) ?? [];
  return folders.some((folder) => existsSync(join(folder, name)));
}

function nodeOrFail() {
  // Development packages are not checked, because npm ci --omit=dev leaves them out on purpose.
  const { dependencies = {} } = readJson(join(project, "package.json"));
  const isReady = existsSync(join(project, "node_modules"));
  if (!isReady || !Object.keys(dependencies).every(isInstalled)) fail(notInstalled);
  try {
    return findNode();
  } catch (error) {
    return fail(/** @type {Error} */ (error).message);
  }
}

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

/** @param {string[]} names */
function runScripts(names) {
  const { scripts } = readJson(join(project, "package.json"));
  for (const name of names) {
    const { status } = spawnSync(scripts[name], { cwd: project, shell: true, stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
}

/** @param {string} target */
function programOf(target) {
  const path = resolve(target);
  if (path.endsWith(".ts")) return path;
  const manifest = join(path, "package.json");
  if (!existsSync(manifest)) return fail(notInstalled);
  const { bin } = readJson(manifest);
  return join(path, typeof bin === "string" ? bin : Object.values(bin)[0]);
}

/**
 * If the reader of the output, such as head, has ended, this program exits with the code that
 * SIGPIPE causes.
 *
 * @param {NodeJS.ErrnoException} error
 */
function endIfClosed(error) {
  if (error.code !== "EPIPE") throw error;
  process.exit(128 + constants.signals.SIGPIPE);
}

/** @param {string[]} program */
async function runHere([target = "", ...given]) {
  const file = programOf(target);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", endIfClosed);
  process.argv.splice(1, Infinity, file, ...given);
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    const { code, message, path } = /** @type {NodeJS.ErrnoException} */ (error);
    // npm ci installs a missing package, also one that another package needs, and esbuild's program.
    const isMissing = /^(?:ERR_)?MODULE_NOT_FOUND$/.test(code ?? "");
    if ((isMissing && /package|node_modules/.test(message)) || message.includes("@esbuild/"))
      fail(notInstalled);
    const isOurs = path !== undefined && resolve(path).startsWith(project);
    if (["EACCES", "EPERM", "EROFS"].includes(code ?? "") && isOurs)
      fail(`This folder cannot be written: ${project}`);
    throw error;
  }
}

/**
 * @param {string} node
 * @param {string[]} program
 */
function runWith(node, program) {
  const child = spawn(node, [launcher, here, ...program], { stdio: "inherit" });
  // A terminal and a Windows console send Ctrl-C to the child themselves.
  const isInterrupted = isatty(0) || process.platform === "win32";
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  for (const signal of /** @type {const} */ (["SIGINT", "SIGHUP"]))
    process.on(signal, () => isInterrupted || child.kill(signal));
  child.on("error", (error) => fail(`${node} cannot be started: ${error.message}.`));
  child.on("exit", (code, signal) =>
    process.exit(code ?? 128 + constants.signals[signal ?? "SIGTERM"]),
  );
}

/**
 * These programs call Okta, 8x8 and Azure. A company's network may allow that only through a proxy.
 */
const beyondThisMachine = ["accept", "okta", "hook"].map((tool) => `tools/${tool}/main.ts`);

/**
 * Whether the program needs a new Node process, because fetch uses a proxy only if Node starts with
 * this variable:
 * https://nodejs.org/api/cli.html#node_use_env_proxy1
 *
 * @param {string} target
 */
function needsProxy(target) {
  const { env } = process;
  const isGiven = env["HTTPS_PROXY"] || env["https_proxy"];
  if (!isGiven || env["NODE_USE_ENV_PROXY"] || !beyondThisMachine.includes(target)) return false;
  env["NODE_USE_ENV_PROXY"] = "1";
  // Stand-ins on this machine need no proxy. Node prefers no_proxy to NO_PROXY.
  const direct = [env["no_proxy"] || env["NO_PROXY"], "127.0.0.1", "localhost"];
  env["no_proxy"] = env["NO_PROXY"] = direct.filter(Boolean).join(",");
  return true;
}

async function start() {
  const node = nodeOrFail();
  if (isTooOld(process.version))
    console.error(`Install Node ${oldestNode} or newer. Until then, npm's copy of Node runs this.`);
  // Child processes that start `node` must get this Node.
  if (node !== process.execPath)
    process.env["PATH"] = `${dirname(node)}${delimiter}${process.env["PATH"] ?? ""}`;
  const at = args.findIndex(
    (argument) => argument.endsWith(".ts") || argument.startsWith("node_modules/"),
  );
  const program = args.slice(at);
  if (!program.includes("--help") && !program.includes("-h")) runScripts(args.slice(0, at));
  const isBehindProxy = needsProxy(program[0] ?? "");
  if (node === process.execPath && !isBehindProxy) await runHere(program);
  else runWith(node, program);
}

await (args[0] === here ? runHere(args.slice(1)) : start());
