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
const withSnapshot = templateFiles("environments/examples/{front,prod,small}/*.bicepparam");

if (!hasCompiler && !required)
  process.stderr.write(
    "Skipped infra/, because there is no Bicep compiler in BICEP, on PATH or in ~/.azure/bin. Run scripts/install-bicep.sh.\n",
  );

(!hasCompiler && !required ? describe.skip : describe)("infra", () => {
  const complaints = ({ success, diagnostics }: Compiled) => [
    success,
    ...diagnostics.filter(({ level }) => level !== "Info"),
  ];

  it("the Bicep compiler is installed", () => {
    expect(hasCompiler).toBe(true);
  });

  it.each(templateFiles("**/*.bicep"))(
    "the compiler builds and lints %s without warnings",
    async (template) => {
      expect(complaints(await build(template))).toEqual([true]);
    },
  );

  it.each(templateFiles("**/*.bicep", "**/*.bicepparam"))(
    "%s has the format that the compiler writes",
    async (file) => {
      expect(await format(file)).toBe(readProjectFile(`infra/${file}`));
    },
  );

  it.each(parameterFiles)(
    "the compiler compiles the parameter file %s without warnings",
    async (file) => {
      expect(complaints(await buildParameters(file))).toEqual([true]);
    },
  );

  it.each(withSnapshot)("the committed snapshot of %s is up to date", async (file) => {
    const committed = readProjectFile(`infra/${file.replace("bicepparam", "snapshot.json")}`);
    expect(await staleness(file, committed)).toBe(undefined);
  });
});
