import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const files = globSync("**/*.ts", { cwd: "src" });
const textOf = (file: string) => readFileSync(join("src", file), "utf8");
const folderOf = (file: string) => (file.includes("/") ? file.slice(0, file.indexOf("/")) : "");

interface Import {
  readonly from: string;
  /** Path of a file in src, or name of a package. */
  readonly to: string;
  readonly ours: boolean;
}

const imports: readonly Import[] = files.flatMap((from) => {
  const found = textOf(from).matchAll(
    /(?:\b[^;]*?\bfrom\s+|\bimport\s+|\bimport\(\s*|\brequire\(\s*)["']([^"']+)["']/g,
  );
  return [...found].map(([, written = ""]) => {
    const ours = written.startsWith(".");
    return { from, to: ours ? join(dirname(from), written) : written, ours };
  });
});

const arrow = ({ from, to }: Import) => `${from} → ${to}`;
const offending = (offends: (found: Import) => boolean) => imports.filter(offends).map(arrow);

describe("imports", () => {
  test.each([
    ["privacy", ["privacy"]],
    ["timing", ["timing"]],
    ["rules", ["rules", "privacy"]],
    ["auth", ["auth", "secrets", "rules", "privacy", "timing"]],
    ["guard", ["guard", "rules", "privacy", "timing"]],
    ["okta", ["okta", "rules", "privacy", "timing"]],
    ["providers", ["providers", "rules", "privacy", "timing"]],
    ["8x8", ["8x8", "providers", "rules", "privacy", "timing"]],
    ["second-hook", ["second-hook", "okta", "providers", "rules", "privacy", "timing"]],
    ["settings", ["settings", "rules", "privacy", "providers", "8x8", "okta", "guard", "secrets"]],
    ["secrets", ["secrets", "timing"]],
    ["sent-codes", ["sent-codes", "rules", "timing"]],
    [
      "telemetry",
      ["telemetry", "auth", "rules", "privacy", "8x8", "okta", "guard", "sent-codes", "timing"],
    ],
    ["azure", ["azure", "rules", "privacy", "secrets", "sent-codes", "telemetry", "timing"]],
  ])("files in src/%s import only files from the folders %j", (folder, allowed) => {
    expect(
      offending(
        ({ from, to, ours }) =>
          folderOf(from) === folder && ours && !allowed.includes(folderOf(to)),
      ),
    ).toEqual([]);
  });

  test("files in rules and privacy use no I/O, timers, clock or Azure package", () => {
    const isPure = (file: string) => ["rules", "privacy"].includes(folderOf(file));
    const pure = ["zod", "libphonenumber-js/max", "node:crypto", "node:net", "node:util"];
    expect(offending(({ from, to, ours }) => isPure(from) && !ours && !pure.includes(to))).toEqual(
      [],
    );
    for (const file of files.filter((name) => isPure(name)))
      expect([
        file,
        /\bnew Date\(\)|Date\.now|performance|setTimeout|Math\.random|console|fetch\(|connect\(/.exec(
          textOf(file),
        ),
      ]).toEqual([file, null]);
  });

  test.each([
    ["@azure/functions", /^(?:main|app)\.ts$|^(?:functions|auth)\//],
    ["@azure/core-rest-pipeline", /^azure\//],
    ["@azure/identity", /^azure\//],
    ["@azure/data-tables", /^azure\//],
    ["@azure/keyvault-secrets", /^azure\//],
    ["applicationinsights", /^azure\//],
    ["@opentelemetry", /^azure\//],
    ["undici", /^providers\//],
    ["libphonenumber-js", /^rules\//],
    ["zod", /^privacy\/json\.ts$|^(?:okta|8x8|settings)\//],
    ["jose", /^auth\/(?:access-token|token-keys)\.ts$/],
    ["node:crypto", /^(?:auth\/authenticate|privacy\/redacted)\.ts$/],
  ])("only the allowed files import the package %s", (name, allowed) => {
    const of = imports.filter(
      ({ to, ours }) => !ours && (to === name || to.startsWith(`${name}/`)),
    );
    expect(of.length).toBeGreaterThan(0);
    expect(of.filter(({ from }) => !allowed.test(from)).map(arrow)).toEqual([]);
  });

  test("no file in src imports main.ts, and imports in src form no circle", () => {
    expect(offending(({ to }) => to === "main.ts")).toEqual([]);
    const next = (file: string) =>
      imports.filter(({ from, ours }) => ours && from === file).map(({ to }) => to);
    const visit = (file: string, path: readonly string[]): string[] =>
      path.includes(file)
        ? [[...path, file].join(" → ")]
        : next(file).flatMap((to) => visit(to, [...path, file]));
    expect(files.flatMap((file) => visit(file, [])).slice(0, 1)).toEqual([]);
  });
});

describe("single places", () => {
  test.each([
    // Assignments are allowed, because some packages read options only from environment variables.
    ["main.ts", "reads the environment", /process\.env(?!\["[A-Z_]+"\] = )/],
    ["functions/register.ts", "registers functions", /\bapp\.(?:http|hook|timer|storage)/],
    ["main.ts", "writes to the console", /\bconsole\./],
  ])("only %s %s", (only, _, pattern) => {
    expect(files.filter((file) => pattern.test(textOf(file)))).toEqual([only]);
  });
});

// Code that calls `expose()` could print a phone number, a code or a text.
test("only files in rules/, 8x8/ and second-hook/ call expose()", () => {
  const exposing = files.filter((file) => /\.expose\(/.test(textOf(file))).map(folderOf);
  expect([...new Set(exposing)].sort()).toEqual(["8x8", "rules", "second-hook"]);
});

test("no object literal spreads another object literal", () => {
  const everywhere = globSync("{src,test,tools,scripts}/**/*.ts", {
    exclude: ["**/node_modules/**"],
  });
  expect(everywhere.length).toBeGreaterThan(100);
  const spread = everywhere.filter((file) => /\.\.\.\{/.test(readFileSync(file, "utf8")));
  expect(spread).toEqual([]);
});

test("the names of settings of the vault, Okta, 8x8, the phone policy and receipts are only in settings/", () => {
  const names = /\b(?:KEY_VAULT|OKTA|EIGHT_BY_EIGHT|PHONE|RECEIPT)_[A-Z_]+\b/;
  expect(files.filter((file) => names.test(textOf(file)) && folderOf(file) !== "settings")).toEqual(
    [],
  );
});

describe("packages", () => {
  const packageJson = JSON.parse(readFileSync("package.json", "utf8")) as {
    dependencies: Record<string, string>;
  };
  const packages = imports.filter(({ to, ours }) => !ours && !to.startsWith("node:"));
  const nameOf = (specifier: string) =>
    specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");

  test("package.json's dependencies are exactly the packages that src imports", () => {
    const imported = [...new Set(packages.map(({ to }) => nameOf(to)))];
    expect(imported.sort()).toEqual(Object.keys(packageJson.dependencies).sort());
  });

  test("src imports only public entry points of packages", () => {
    // libphonenumber-js documents one entry point for each size of its metadata.
    const entryPoints = [...Object.keys(packageJson.dependencies), "libphonenumber-js/max"];
    expect(packages.filter(({ to }) => !entryPoints.includes(to)).map(arrow)).toEqual([]);
  });
});

describe("tools and scripts", () => {
  const programs = globSync("{tools,scripts}/**/*.{ts,tsx}", { exclude: ["**/node_modules/**"] });
  const imported = (file: string) =>
    [
      ...readFileSync(file, "utf8").matchAll(
        /(?:^(?:import|export) [^;"]*\bfrom |\bimport\()\s*"(\.[^"]+)"/gm,
      ),
    ].map(([, written = ""]) => join(dirname(file), written));

  test.each([
    ["tools", ["scripts", "test"]],
    ["scripts", ["test"]],
  ])("files in %s/ import no file in the folders %j", (folder, forbidden) => {
    const isForeign = (to: string) => forbidden.includes(to.slice(0, to.indexOf("/")));
    const importing = programs.filter(
      (file) => file.startsWith(`${folder}/`) && imported(file).some(isForeign),
    );
    expect(importing).toEqual([]);
  });

  test("imports in tools/ and scripts/, types too, form no circle", () => {
    const visited = new Set<string>();
    const circleFrom = (file: string, path: readonly string[]): readonly string[] => {
      if (path.includes(file)) return [...path, file];
      if (visited.has(file)) return [];
      const circle = imported(file).flatMap((to) => circleFrom(to, [...path, file]));
      visited.add(file);
      return circle;
    };
    const withinTools = programs.flatMap((file) => circleFrom(file, []));
    expect(withinTools).toEqual([]);
  });
});
