import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { startProcess } from "./app.ts";
import { hookBody } from "../tools/sandbox/okta.ts";
import { buildApp } from "./worker/built.ts";

describe("the deployed package", () => {
  const archive = "okta-8x8-telephony.zip";
  let files: Record<string, Uint8Array>;
  let output: string;

  beforeAll(() => {
    buildApp();
    output = execFileSync(process.execPath, ["scripts/package.ts"], { encoding: "utf8" });
    files = unzipSync(readFileSync(archive));
  });
  afterAll(() => {
    rmSync(archive);
  });

  test("the deployed package contains only the bundles, their source maps, host.json and package.json", () => {
    const bundles = ["access-token", "application-insights", "key-vault", "main", "tables"];
    expect(Object.keys(files).sort()).toEqual([
      ...bundles.flatMap((name) => [`dist/${name}.cjs`, `dist/${name}.cjs.map`]),
      ...["host.json", "package.json"],
    ]);
  });

  // `func pack` and `func azure functionapp publish --no-build` ship what .funcignore allows.
  test("func would pack and publish exactly the files of the deployed package", () => {
    const rules = readFileSync(".funcignore", "utf8").trim().split("\n");
    expect(rules.slice(1)).toEqual(["*", "!host.json", "!package.json", "!dist/", "!dist/**"]);
    expect(globSync("dist/**/*.*").length + 2).toBe(Object.keys(files).length);
  });

  test("the deployed package is under 4 MB, and its main bundle under 2.5 MB", () => {
    const { length } = readFileSync(archive);
    expect(length).toBeLessThan(4_000_000);
    expect(output).toBe(`${archive}: ${(length / 1_000_000).toFixed(2)} MB, 12 files\n`);
    expect(files["dist/main.cjs"]?.length).toBeLessThan(2_500_000);
  });

  test("the main bundle answers a request without the other bundles", async () => {
    const directory = mkdtempSync(join(tmpdir(), "package-"));
    mkdirSync(join(directory, "dist"));
    for (const name of ["package.json", "host.json", "dist/main.cjs"])
      writeFileSync(join(directory, name), files[name] ?? "");
    const app = await startProcess({}, { app: directory });
    try {
      expect((await app.post(hookBody())).judged.answer).toBe("successful");
      expect(app.output()).not.toContain("Warning");
    } finally {
      await app.stop();
      rmSync(directory, { recursive: true });
    }
  });
});

// npm audit, Dependabot and the bill of materials check only dependencies in package.json.
describe("bundled packages", () => {
  let bundled: readonly string[];
  beforeAll(() => {
    buildApp();
    const { outputs } = JSON.parse(readFileSync(".cache/metafile.json", "utf8")) as {
      outputs: Record<string, { inputs: object }>;
    };
    const modules = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
    const packages = modules.flatMap(
      (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [],
    );
    bundled = [...new Set(packages)];
  });

  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; version: string } | undefined>;
  };

  test("every bundled package is a run-time dependency in the lock file", () => {
    expect(bundled).toEqual(
      expect.arrayContaining(["node_modules/zod", "node_modules/@azure/identity"]),
    );
    expect(bundled.filter((path) => packages[path] === undefined || packages[path].dev)).toEqual(
      [],
    );
  });

  test("the bill of materials lists exactly the run-time packages of the lock file", () => {
    const bill = "okta-8x8-telephony.sbom.json";
    execFileSync("scripts/sbom.sh");
    const { metadata, components } = JSON.parse(readFileSync(bill, "utf8")) as {
      metadata: { component: { name: string } };
      components: readonly { "bom-ref": string }[];
    };
    rmSync(bill);
    expect(metadata.component.name).toBe("okta-8x8-telephony");
    const running = Object.entries(packages).flatMap(([path, entry]) =>
      path === "" || entry === undefined || entry.dev || entry.optional
        ? []
        : `${path.split("node_modules/").at(-1) ?? ""}@${entry.version}`,
    );
    // npm 10 lists a package several times if it is installed in several folders.
    const named = new Set(components.map((component) => component["bom-ref"]));
    expect([...named].sort()).toEqual([...new Set(running)].sort());
    for (const name of ["applicationinsights", "undici", "zod"])
      expect(running).toContainEqual(expect.stringMatching(`^${name}@`));
  });
});
