// @ts-check
// Plain JavaScript that Node 16 reads, like run.js: TypeScript needs the Node that is looked for
// here.
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = join(dirname(fileURLToPath(import.meta.url)), "..");
// The oldest that the packages and our TypeScript run on.
const oldest = { major: 22, minor: 21 };

/**
 * Path of the Node that the lock file has for this platform, if npm ci installed it. npm 10 does
 * not link it in node_modules/.bin.
 *
 * @param {Pick<NodeJS.Process, "platform" | "arch">} machine
 * @param {string} folder
 */
function lockedNode({ platform, arch }, folder) {
  const isWindows = platform === "win32";
  const path = join(
    folder,
    "node_modules",
    `node-${isWindows ? "win" : platform}-${arch}`,
    "bin",
    isWindows ? "node.exe" : "node",
  );
  return existsSync(path) ? path : undefined;
}

/**
 * Path of the Node that runs this project: the locked one, otherwise the one that runs this. Throws
 * an error for people if that is too old, and if LOCKED_NODE_REQUIRED is set and npm ci did not
 * install the locked one.
 *
 * @param {Pick<NodeJS.Process, "platform" | "arch" | "version" | "execPath" | "env">} [running]
 * @param {string} [folder]
 */
export function findNode(running = process, folder = project) {
  const { version, execPath, env } = running;
  const locked = lockedNode(running, folder);
  // With npm 11.19, npm run starts the locked one by its link.
  if (locked !== undefined) return realpathSync(locked) === execPath ? execPath : locked;
  if (env["LOCKED_NODE_REQUIRED"])
    throw new Error(
      "Run `npm ci` again, because it did not install the Node of package-lock.json.",
    );
  const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
  if (major < oldest.major || (major === oldest.major && minor < oldest.minor))
    throw new Error(
      `Install Node ${oldest.major}.${oldest.minor} or newer, because this is ${version} and \`npm ci\` installed no other.`,
    );
  return execPath;
}
