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
  /** Informational messages do not count. */
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
    "agrees with the format of %s",
    async (file) => {
      expect(await format(file)).toBe(readProjectFile(`infra/${file}`));
    },
  );

  it.each(parameterFiles)("compiles %s without environment variables", async (file) => {
    expect(complaints(await buildParameters(file))).toEqual([true]);
  });

  it.each(parameterFiles)("finds the snapshot of %s up to date", async (file) => {
    const committed = readProjectFile(`infra/${file.replace("bicepparam", "snapshot.json")}`);
    expect(await staleness(file, committed)).toBe(undefined);
  });

  it("names the script that updates an outdated snapshot", async () => {
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
