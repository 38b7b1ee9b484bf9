import { buildSync } from "esbuild";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../..");

it("the command okta imports no development package, because okta.yml installs none", () => {
  const { metafile } = buildSync({
    entryPoints: ["tools/okta/main.ts"],
    absWorkingDir: root,
    outdir: "unused",
    write: false,
    metafile: true,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
  const packages = Object.values(metafile.inputs)
    .flatMap((input) => input.imports.filter(({ external }) => external))
    .map(({ path }) => /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? "")
    .filter((name) => !name.startsWith("node:"));
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: object;
  };
  expect([...new Set(packages)].filter((name) => !(name in dependencies))).toEqual([]);
});
