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
}

const { packages } = JSON.parse(read("package-lock.json")) as {
  readonly packages: Readonly<Record<string, Package>>;
};
const { allowScripts, optionalDependencies } = packageJson;

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
