import { readFileSync } from "node:fs";
import { join } from "node:path";

const read = (file: string) => readFileSync(join(__dirname, "..", file), "utf8");

interface Package {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}

const lockOf = (folder: string) =>
  JSON.parse(read(`${folder}/package-lock.json`)) as {
    readonly packages: Readonly<Record<string, Package>>;
  };

describe.each([".", ".github/core-tools"])("npm ci in %s", (folder) => {
  const locked = Object.entries(lockOf(folder).packages).filter(([path]) => path !== "");

  // Without this option, npm only warns about an install script that is not listed, and runs it:
  // https://docs.npmjs.com/cli/v11/using-npm/config#strict-allow-scripts
  it("npm refuses packages whose install script is not listed in package.json", () => {
    expect(read(`${folder}/.npmrc`).split("\n")).toContain("strict-allow-scripts=true");
  });

  it("allowScripts lists each package that has an install script, and no other package", () => {
    const { allowScripts = {} } = JSON.parse(read(`${folder}/package.json`)) as {
      readonly allowScripts?: object;
    };
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const names = new Set(scripted.map(([path]) => path.replace(/^.*node_modules\//, "")));
    expect([...names].sort()).toEqual(Object.keys(allowScripts).sort());
  });

  it("package-lock.json has a SHA-512 checksum for each package, and no URL of a registry", () => {
    const loose = locked.filter(
      ([, { integrity = "", resolved }]) => !/^sha512-/.test(integrity) || resolved,
    );
    expect(loose).toEqual([]);
  });
});
