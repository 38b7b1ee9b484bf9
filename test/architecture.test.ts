import { dirname, join, sep } from "node:path";
import { files, folderOf, textOf } from "./source-files.ts";

interface Import {
  readonly from: string;
  /** The file's path in src, or the package's name. */
  readonly to: string;
  readonly ours: boolean;
}

const imports: readonly Import[] = files.flatMap((from) => {
  const found = textOf(from).matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\(\s*|\brequire\(\s*)["']([^"']+)["']/g);
  return [...found].map(([, written = ""]) => {
    const ours = written.startsWith(".");
    return { from, to: ours ? join(dirname(from), written).split(sep).join("/") : written, ours };
  });
});

const told = ({ from, to }: Import) => `${from} → ${to}`;
const offending = (offends: (one: Import) => boolean) => imports.filter(offends).map(told);

test("there are imports to judge", () => {
  expect(imports.length).toBeGreaterThan(80);
  expect([...new Set(files.map(folderOf))].sort()).toEqual(["", "8x8", "delivery", "functions", "okta"]);
});

describe("who may import whom", () => {
  test.each([
    ["delivery", ["delivery"]],
    ["okta", ["okta", "delivery"]],
    ["8x8", ["8x8", "delivery"]],
  ])("%s imports only from %j", (folder, allowed) => {
    expect(
      offending(({ from, to, ours }) => folderOf(from) === folder && ours && !allowed.includes(folderOf(to))),
    ).toEqual([]);
  });

  test("delivery is pure: no I/O, no timers, no Azure", () => {
    const pure = ["libphonenumber-js/min", "node:net", "node:util"];
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
    ["@azure/functions", /^(?:main\.ts|functions\/)/],
    ["@azure/identity", /^(?:key-vault|application-insights)\.ts$/],
    ["@azure/keyvault-secrets", /^key-vault\.ts$/],
    ["@azure/monitor-opentelemetry-exporter", /^application-insights\.ts$/],
    ["@opentelemetry", /^application-insights\.ts$/],
    ["undici", /^8x8\//],
    ["libphonenumber-js", /^delivery\//],
    ["node:crypto", /^(?:okta\/authenticate|functions\/otp-delivery-event)\.ts$/],
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

  test("and config are the only ones that know the names of the settings", () => {
    const names = /\b(?:KEY_VAULT|OKTA|EIGHT_BY_EIGHT|PHONE)_[A-Z_]+\b/;
    expect(files.filter((file) => names.test(textOf(file))).sort()).toEqual([
      "config.ts",
      "main.ts",
      "setting-names.ts",
    ]);
  });
});
