// @ts-check
// Plain JavaScript that Node 16 reads, like run.js: TypeScript needs the Node that is looked for
// here.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = join(dirname(fileURLToPath(import.meta.url)), "..");
// The oldest that the packages and our TypeScript run on.
const oldest = { major: 22, minor: 21 };

/** @param {Pick<NodeJS.Process, "platform" | "arch">} machine */
const packageOf = ({ platform, arch }) => `node-${platform === "win32" ? "win" : platform}-${arch}`;

/**
 * Path of the Node that the lock file has for this platform, if npm ci installed it. npm 10 does
 * not link it in node_modules/.bin.
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
 * Whether npm ci can install a Node on this platform.
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
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return execPath;
  const needed = `Node ${oldest.major}.${oldest.minor} or newer`;
  throw new Error(
    isLocked(running)
      ? `Run \`npm ci\` to install the Node of package-lock.json, because this is ${version}. Or install ${needed}.`
      : `Install ${needed}, because this is ${version} and \`npm ci\` installed no other.`,
  );
}
