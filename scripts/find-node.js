// @ts-check
// This file is plain JavaScript for Node 16 and later, because it looks for a Node that can run
// TypeScript.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = join(dirname(fileURLToPath(import.meta.url)), "..");
// The oldest version that the packages and our TypeScript support.
const oldest = { major: 22, minor: 21 };
export const oldestNode = `${oldest.major}.${oldest.minor}`;

/** @param {string} version Such as v20.20.2. */
export function isTooOld(version) {
  const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
  return major < oldest.major || (major === oldest.major && minor < oldest.minor);
}

/** @param {Pick<NodeJS.Process, "platform" | "arch">} machine */
const packageOf = ({ platform, arch }) => `node-${platform === "win32" ? "win" : platform}-${arch}`;

/**
 * Path of the Node from the lock file, or undefined if npm ci did not install it. npm 10 does not
 * link it in node_modules/.bin.
 *
 * @param {Pick<NodeJS.Process, "platform" | "arch">} machine
 * @param {string} folder
 */
function lockedNode(machine, folder) {
  const file = machine.platform === "win32" ? "node.exe" : "node";
  const path = join(folder, "node_modules", packageOf(machine), "bin", file);
  return existsSync(path) ? path : undefined;
}

/**
 * Whether the lock file has a Node for this platform.
 *
 * @param {Pick<NodeJS.Process, "platform" | "arch">} machine
 */
function isLocked(machine) {
  const { optionalDependencies = {} } = JSON.parse(
    readFileSync(join(project, "package.json"), "utf8"),
  );
  return packageOf(machine) in optionalDependencies;
}

/**
 * Path of the Node for this project: the one from the lock file, otherwise the running one. Throws
 * an error with advice if the running one is too old, or if LOCKED_NODE_REQUIRED is set and npm ci
 * did not install the one from the lock file.
 *
 * @param {Pick<NodeJS.Process, "platform" | "arch" | "version" | "execPath" | "env">} [running]
 * @param {string} [folder]
 */
export function findNode(running = process, folder = project) {
  const { version, execPath, env } = running;
  const locked = lockedNode(running, folder);
  // npm 11.19 starts the locked Node through its link.
  if (locked !== undefined) return realpathSync(locked) === execPath ? execPath : locked;
  if (env["LOCKED_NODE_REQUIRED"])
    throw new Error(
      "Run `npm ci` again, because it did not install the Node of package-lock.json.",
    );
  if (!isTooOld(version)) return execPath;
  const needed = `Node ${oldestNode} or newer`;
  throw new Error(
    isLocked(running)
      ? `Node ${version} is too old. Run \`npm ci\` to install the Node of package-lock.json, or install ${needed}.`
      : `Node ${version} is too old, and \`npm ci\` installed no other. Install ${needed}.`,
  );
}
