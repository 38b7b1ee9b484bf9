import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findCompiler, inCopy, runCompiler, staleSnapshots } from "./compiler.ts";
import { at, environments, list, readProjectFile, text } from "./snapshot.ts";

const compiler = findCompiler() ?? "";
const required = process.env["BICEP_REQUIRED"] === "1";
const templates = ["main.bicep", "bootstrap/main.bicep", "front.bicep"];
const parameterFiles = [
  ...environments.flatMap((name) => [`main.${name}.bicepparam`, `bootstrap/main.${name}.bicepparam`]),
  "front.bicepparam",
];

if (compiler === "" && !required)
  process.stderr.write("Skipped: no Bicep compiler in BICEP, on PATH or in ~/.azure/bin, so infra/ is not compiled.\n");

(compiler === "" && !required ? describe.skip : describe)("the Bicep compiler", () => {
  const run = (...args: readonly string[]) => runCompiler(compiler, args);

  it("was found", () => {
    expect(compiler).not.toBe("");
  });

  it.each(templates)("builds %s without a warning", (template) => {
    expect(run("build", template, "--stdout")).toMatchObject({ status: 0, complaints: [] });
  });

  it("lints every file without a warning", () => {
    expect(run("lint", "--pattern", "./**/*.bicep")).toMatchObject({ status: 0, complaints: [] });
  });

  it("would format every file as it is", () => {
    inCopy((copy) => {
      for (const pattern of ["./**/*.bicep", "./**/*.bicepparam"])
        expect(runCompiler(compiler, ["format", "--pattern", pattern], copy).status).toBe(0);
      const files = readdirSync(copy, { recursive: true, encoding: "utf8" }).filter((name) =>
        /\.bicep(param)?$/.test(name),
      );
      expect(files.length).toBeGreaterThan(20);
      const changed = files.filter(
        (name) => readFileSync(join(copy, name), "utf8") !== readProjectFile(`infra/${name}`),
      );
      expect(changed).toEqual([]);
    });
  });

  it.each(parameterFiles)("compiles %s with no environment variable set", (file) => {
    expect(run("build-params", file, "--stdout")).toMatchObject({ status: 0, complaints: [] });
  });

  it.each([...environments, "front"])("finds the snapshots of %s fresh", (name) => {
    expect(staleSnapshots(compiler, name)).toEqual([]);
  });

  it("says of a stale snapshot which script writes it again", () => {
    const stale = inCopy((copy) => {
      const file = join(copy, "main.dev.snapshot.json");
      writeFileSync(file, readFileSync(file, "utf8").replace("minTlsVersion", "maxTlsVersion"));
      return staleSnapshots(compiler, "dev", copy);
    });
    expect(stale).toEqual([
      expect.stringMatching(/^infra\/main\.dev\.bicepparam: .* Run scripts\/snapshot\.sh .*\n[^]*TlsVersion/),
    ]);
  });

  it("makes the app wait for its roles and its private ways", () => {
    const { resources } = JSON.parse(run("build", "main.bicep", "--stdout").stdout) as { resources: object };
    const waitsFor = list(resources, "app.dependsOn");
    expect(waitsFor).toEqual(
      expect.arrayContaining(["monitoring", "vault", "storage", "vaultEndpoint", "blobEndpoint"]),
    );
    for (const module of ["monitoring", "vault", "storage"]) {
      const inside = Object.values(at(resources, `${module}.properties.template.resources`) as object);
      const types = inside.map((resource) => text(resource, "type"));
      expect(types).toContain("Microsoft.Authorization/roleAssignments");
    }
  });
});
