import {
  build,
  buildParameters,
  type Compiled,
  format,
  hasCompiler,
  staleness,
  templateFiles,
} from "./compiler.ts";
import { readProjectFile } from "./snapshot.ts";

const required = process.env["BICEP_REQUIRED"] === "1";
const parameterFiles = templateFiles("environments/examples/*/*.bicepparam");

if (!hasCompiler && !required)
  process.stderr.write(
    "Skipped: there is no Bicep compiler in BICEP, on PATH or in ~/.azure/bin, so infra/ is not compiled.\n",
  );

(!hasCompiler && !required ? describe.skip : describe)("the Bicep compiler", () => {
  /** Whether compiling succeeded, then all warnings and errors. */
  const complaints = ({ success, diagnostics }: Compiled) => [
    success,
    ...diagnostics.filter(({ level }) => level !== "Info"),
  ];

  it("is installed", () => {
    expect(hasCompiler).toBe(true);
  });

  it.each(templateFiles("**/*.bicep"))("builds and lints %s without warnings", async (template) => {
    expect(complaints(await build(template))).toEqual([true]);
  });

  it.each(templateFiles("**/*.bicep", "**/*.bicepparam"))("finds %s formatted", async (file) => {
    expect(await format(file)).toBe(readProjectFile(`infra/${file}`));
  });

  it.each(parameterFiles)("compiles the parameter file %s without warnings", async (file) => {
    expect(complaints(await buildParameters(file))).toEqual([true]);
  });

  it.each(parameterFiles)("finds the snapshot of %s up to date", async (file) => {
    const committed = readProjectFile(`infra/${file.replace("bicepparam", "snapshot.json")}`);
    expect(await staleness(file, committed)).toBe(undefined);
  });

  it("finds a changed snapshot out of date, and the message names scripts/snapshot.sh", async () => {
    const dev = "environments/examples/dev/main";
    const stale = readProjectFile(`infra/${dev}.snapshot.json`).replace(
      "minTlsVersion",
      "maxTlsVersion",
    );
    expect(await staleness(`${dev}.bicepparam`, stale)).toMatch(
      /^infra\/environments\/examples\/dev\/main\.bicepparam: .* Run scripts\/snapshot\.sh .*\n[^]*TlsVersion/,
    );
  });
});
