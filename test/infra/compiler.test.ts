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
    "Skipped: no Bicep compiler in BICEP, on PATH or in ~/.azure/bin, so infra/ is not compiled.\n",
  );

(!hasCompiler && !required ? describe.skip : describe)("the Bicep compiler", () => {
  /** What it merely informs of does not count. */
  const complaints = ({ success, diagnostics }: Compiled) => [
    success,
    ...diagnostics.filter(({ level }) => level !== "Info"),
  ];

  it("was found", () => {
    expect(hasCompiler).toBe(true);
  });

  it.each(templateFiles("**/*.bicep"))(
    "builds and lints %s without a warning",
    async (template) => {
      expect(complaints(await build(template))).toEqual([true]);
    },
  );

  it.each(templateFiles("**/*.bicep", "**/*.bicepparam"))(
    "would format every file as it is: %s",
    async (file) => {
      expect(await format(file)).toBe(readProjectFile(`infra/${file}`));
    },
  );

  it.each(parameterFiles)("compiles %s with no environment variable set", async (file) => {
    expect(complaints(await buildParameters(file))).toEqual([true]);
  });

  it.each(parameterFiles)("finds the snapshot of %s fresh", async (file) => {
    const committed = readProjectFile(`infra/${file.replace("bicepparam", "snapshot.json")}`);
    expect(await staleness(file, committed)).toBe(undefined);
  });

  it("says of a stale snapshot which script writes it again", async () => {
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
