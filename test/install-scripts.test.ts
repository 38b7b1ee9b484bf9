import { readFileSync } from "node:fs";
import { join } from "node:path";

const read = (file: string) => readFileSync(join(__dirname, "..", file), "utf8");

interface Lock {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean }>>;
}

// https://docs.npmjs.com/cli/v11/using-npm/config#strict-allow-scripts: without it, npm only warns and runs the script.
test("npm refuses to install a package whose install script nobody has judged", () => {
  expect(read(".npmrc").split("\n")).toContain("strict-allow-scripts=true");
});

test("each package that has an install script is judged in package.json, and no other is", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as Lock;
  const { allowScripts } = JSON.parse(read("package.json")) as { allowScripts: Record<string, boolean> };
  const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const names = new Set(scripted.map(([path]) => path.replace(/^.*node_modules\//, "")));
  expect([...names].sort()).toEqual(Object.keys(allowScripts).sort());
});
