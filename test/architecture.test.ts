import { readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { files, folderOf, textOf } from "./source-files.ts";

interface Import {
  readonly from: string;
  /** The file's path in src, or the package's name. */
  readonly to: string;
  readonly ours: boolean;
  readonly typeOnly: boolean;
}

const imports: readonly Import[] = files.flatMap((from) => {
  const found = textOf(from).matchAll(
    /(?:\b(import type )?[^;]*?\bfrom\s+|\bimport\s+|\bimport\(\s*|\brequire\(\s*)["']([^"']+)["']/g,
  );
  return [...found].map(([, type, written = ""]) => {
    const ours = written.startsWith(".");
    return {
      from,
      to: ours ? join(dirname(from), written).split(sep).join("/") : written,
      ours,
      typeOnly: type !== undefined,
    };
  });
});

const told = ({ from, to }: Import) => `${from} → ${to}`;
const offending = (offends: (one: Import) => boolean) => imports.filter(offends).map(told);

test("there are imports to judge", () => {
  expect(imports.length).toBeGreaterThan(80);
  expect([...new Set(files.map(folderOf))].sort()).toEqual([
    "",
    "8x8",
    "delivery",
    "functions",
    "guard",
    "okta",
    "secrets",
    "settings",
    "state",
    "telemetry",
  ]);
});

describe("who may import whom", () => {
  test.each([
    ["delivery", ["delivery"]],
    ["guard", ["guard", "delivery", "deadline.ts"]],
    ["okta", ["okta", "delivery", "deadline.ts"]],
    ["8x8", ["8x8", "delivery", "deadline.ts"]],
    ["settings", ["settings", "delivery", "8x8", "okta", "guard"]],
    ["secrets", ["secrets", "delivery", "bounded.ts", "deadline.ts", "failure-warning.ts"]],
    ["state", ["state", "delivery", "8x8", "guard", "secrets", "bounded.ts", "deadline.ts", "failure-warning.ts"]],
    ["telemetry", ["telemetry", "delivery", "8x8", "okta", "guard", "state", "keyed-hash.ts"]],
  ])("%s imports only from %j", (folder, allowed) => {
    expect(
      offending(({ from, to, ours }) => folderOf(from) === folder && ours && !allowed.includes(folderOf(to) || to)),
    ).toEqual([]);
  });

  test("settings, secrets, state and telemetry take no more than types of whom they serve", () => {
    const serving = ["settings", "secrets", "state", "telemetry"];
    const served = ({ from, to, ours, typeOnly }: Import) =>
      serving.includes(folderOf(from)) &&
      folderOf(from) !== folderOf(to) &&
      ours &&
      !typeOnly &&
      ["8x8", "okta", "functions", "guard", "secrets", "state"].includes(folderOf(to));
    expect(offending(served)).toEqual([]);
  });

  test("delivery is pure: no I/O, no timers, no Azure", () => {
    const pure = ["libphonenumber-js/max", "node:net", "node:util"];
    expect(offending(({ from, to, ours }) => folderOf(from) === "delivery" && !ours && !pure.includes(to))).toEqual([]);
    // node:net for what it knows of addresses, not for connections.
    const named = /import \{([^}]+)\} from "node:net"/.exec(textOf("delivery/public-address.ts"))?.[1] ?? "";
    expect(named.split(",").map((name) => name.trim())).toEqual(["BlockList", "isIP"]);
    for (const file of files.filter((name) => folderOf(name) === "delivery"))
      expect([
        file,
        /\bnew Date\(\)|Date\.now|performance|setTimeout|Math\.random|console|fetch\(/.exec(textOf(file)),
      ]).toEqual([file, null]);
  });

  test.each([
    ["@azure/functions", /^(?:main|outcomes)\.ts$|^functions\//],
    ["@azure/core-rest-pipeline", /^secrets\/identity\.ts$/],
    ["@azure/identity", /^(?:secrets\/identity|telemetry\/application-insights)\.ts$/],
    ["@azure/data-tables", /^state\/(?:guard-table|tables)\.ts$/],
    ["@azure/keyvault-secrets", /^secrets\/key-vault\.ts$/],
    ["applicationinsights", /^telemetry\/application-insights\.ts$/],
    ["@opentelemetry", /^telemetry\/application-insights\.ts$/],
    ["undici", /^8x8\//],
    ["libphonenumber-js", /^delivery\//],
    ["zod", /^(?:okta|8x8|settings)\//],
    ["jose", /^okta\/(?:access-token|token-keys)\.ts$/],
    ["node:crypto", /^(?:okta\/authenticate|keyed-hash)\.ts$/],
  ])("%s is imported only where it is used", (name, allowed) => {
    const of = imports.filter(({ to, ours }) => !ours && (to === name || to.startsWith(`${name}/`)));
    expect(of.length).toBeGreaterThan(0);
    expect(of.filter(({ from }) => !allowed.test(from)).map(told)).toEqual([]);
  });

  test("no one imports the entry, and nobody in a circle", () => {
    expect(offending(({ to }) => to === "main.ts")).toEqual([]);
    const next = (file: string) =>
      imports.filter(({ from, ours }) => ours && from === file && !isTypeOnly(file)).map(({ to }) => to);
    const visit = (file: string, path: readonly string[]): string[] =>
      path.includes(file) ? [[...path, file].join(" → ")] : next(file).flatMap((to) => visit(to, [...path, file]));
    expect(files.flatMap((file) => visit(file, [])).slice(0, 1)).toEqual([]);
  });

  function isTypeOnly(file: string): boolean {
    return file.endsWith(".d.ts");
  }
});

describe("the entry", () => {
  test("is the only reader of the environment", () => {
    // A package that has no other switch is given its settings by assignment.
    const reads = /process\.env(?!\["[A-Z_]+"\] = )/;
    expect(files.filter((file) => reads.test(textOf(file)))).toEqual(["main.ts"]);
  });

  test("is the only one that registers functions", () => {
    expect(files.filter((file) => /\bapp\.(?:http|hook|timer|storage)/.test(textOf(file)))).toEqual(["main.ts"]);
  });

  test("registers before it builds anything", () => {
    const text = textOf("main.ts");
    expect(text.lastIndexOf("app.http(")).toBeLessThan(text.indexOf("loadSettings(process.env)"));
  });

  test("leaves the names of the settings to settings/", () => {
    const names = /\b(?:KEY_VAULT|OKTA|EIGHT_BY_EIGHT|PHONE|RECEIPT)_[A-Z_]+\b/;
    const knowing = files.filter((file) => names.test(textOf(file)));
    expect(knowing.filter((file) => folderOf(file) !== "settings")).toEqual([]);
  });
});

describe("supported ground", () => {
  const packageJson = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const packages = imports.filter(({ to, ours }) => !ours && !to.startsWith("node:"));
  const nameOf = (specifier: string) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");

  test("what src imports stands in dependencies, and they hold nothing else", () => {
    const imported = [...new Set(packages.map(({ to }) => nameOf(to)))];
    expect(imported.sort()).toEqual(Object.keys(packageJson.dependencies).sort());
  });

  test("the owner's packages are the program's", () => {
    const owners = ["@azure/functions", "@azure/identity", "@azure/keyvault-secrets", "applicationinsights", "zod"];
    expect(Object.keys(packageJson.dependencies)).toEqual(expect.arrayContaining(owners));
  });

  test("packages are imported by their public entry points", () => {
    // libphonenumber-js documents its entry points by size of metadata.
    const entryPoints = [...Object.keys(packageJson.dependencies), "libphonenumber-js/max"];
    expect(packages.filter(({ to }) => !entryPoints.includes(to)).map(told)).toEqual([]);
  });

  test("zod is imported as a namespace: by name it is four times the size", () => {
    const named = files.filter((file) => /import \{[^}]*\} from "zod"/.test(textOf(file)));
    expect(named).toEqual([]);
  });

  test("no programming model is replaced, and the build changes no package", () => {
    const build = readFileSync(join(__dirname, "../scripts/build.ts"), "utf8");
    const all = [build, ...files.map(textOf)].join("\n");
    expect(all).not.toMatch(/ProgrammingModel|onLoad|plugins:|\bdefine:|\balias:|\binject:/);
  });
});

describe("what is redacted", () => {
  test("is exposed only where it goes out", () => {
    expect(files.filter((file) => textOf(file).includes(".expose()")).sort()).toEqual([
      "8x8/sms.ts",
      "8x8/voice.ts",
      "delivery/phone-number.ts",
      "delivery/texts.ts",
      "telemetry/phone-properties.ts",
    ]);
  });

  test("is not printed: only the entry writes to the console", () => {
    expect(files.filter((file) => /\bconsole\./.test(textOf(file)))).toEqual(["main.ts"]);
  });
});

test("files are on a screen or two", () => {
  expect(files.filter((file) => textOf(file).trimEnd().split("\n").length > 150)).toEqual([]);
});
