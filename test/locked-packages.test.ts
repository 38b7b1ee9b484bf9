// These tests check what package.json and package-lock.json allow npm to install.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../package.json" with { type: "json" };

const read = (file: string) => readFileSync(join(__dirname, "..", file), "utf8");

interface Package {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(read("package-lock.json")) as {
  readonly packages: Readonly<Record<string, Package>>;
};
const { allowScripts, dependencies, devDependencies, optionalDependencies } = packageJson;

// Without this option, npm warns and runs the script:
// https://docs.npmjs.com/cli/v11/using-npm/config#strict-allow-scripts
test("npm refuses packages whose install script is not listed in package.json", () => {
  expect(read(".npmrc").split("\n")).toContain("strict-allow-scripts=true");
});

test("package.json lists exactly the packages with an install script", () => {
  const scripted = Object.entries(packages).filter(
    ([, { hasInstallScript }]) => hasInstallScript === true,
  );
  const names = new Set(scripted.map(([path]) => path.replace(/^.*node_modules\//, "")));
  expect([...names].sort()).toEqual(Object.keys(allowScripts).sort());
});

test("each package is locked by its checksum, without a registry's URL", () => {
  const installed = Object.entries(packages).filter(([path]) => path !== "");
  const loose = installed.filter(
    ([, { integrity = "", resolved }]) => !/^sha512-/.test(integrity) || resolved,
  );
  expect(loose).toEqual([]);
});

test.each(Object.keys(optionalDependencies))(
  "the package %s is for the platform in its name, and has no install script",
  (name) => {
    const { os, cpu, hasInstallScript } = packages[`node_modules/${name}`] ?? {};
    const platform = [os].flat().join().replace("win32", "win");
    expect([`node-${platform}-${[cpu].flat().join()}`, hasInstallScript]).toEqual([
      name,
      undefined,
    ]);
  },
);

/** Supports only the kinds of ranges that are in the lock file. */
function isInRange(version: string, range: string): boolean {
  return range.split(" ").every((bound) => {
    const [, sign, limit = ""] = /^(>=|<)(\d+\.\d+\.\d+)$/.exec(bound) ?? [];
    const order = version.localeCompare(limit, "en", { numeric: true });
    return sign === ">=" ? order >= 0 : sign === "<" && order < 0;
  });
}

const aliases = Object.entries({
  ...dependencies,
  ...devDependencies,
  ...optionalDependencies,
}).filter(([, version]) => version.startsWith("npm:"));

// If a package needed another version, npm 10 and 11.6 would not find it in the lock file, and
// would install nothing.
test.each(aliases)("no package has a peer dependency on %s in another version than %s", (alias) => {
  const { version = "" } = packages[`node_modules/${alias}`] ?? {};
  const wanted = Object.values(packages).flatMap(
    ({ peerDependencies = {} }) => peerDependencies[alias] ?? [],
  );
  expect(wanted.filter((range) => !isInRange(version, range))).toEqual([]);
});
