import { execFileSync } from "node:child_process";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { startProcess } from "./app.ts";
import { hookBody } from "../tools/sandbox/okta.ts";
import packageJson from "../package.json" with { type: "json" };
import { keepLinks } from "../scripts/package/links.ts";
import { buildPackage } from "./worker/built.ts";

const built = buildPackage();
const archive = readFileSync(join(built, "okta-8x8-telephony.zip"));
const files = unzipSync(archive);

describe("the deployed package", () => {
  test("the deployed package contains only the bundles, their source maps, host.json and package.json", () => {
    const bundles = ["application-insights", "key-vault", "main", "tables"];
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
    expect(archive.length).toBeLessThan(4_000_000);
    expect(files["dist/main.cjs"]?.length).toBeLessThan(2_500_000);
  });

  // With one such character, V8 keeps the whole text of a bundle in two bytes for each character.
  test("no bundle has a character above U+00FF", () => {
    const bundles = globSync("dist/*.cjs").map((file) => readFileSync(file, "utf8"));
    expect(bundles).toHaveLength(4);
    expect(bundles.flatMap((text) => text.match(/[^\0-\xff]/g) ?? [])).toEqual([]);
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

test("two packages of one commit are equal byte for byte, whatever the umask is", () => {
  const into = mkdtempSync(join(tmpdir(), "again-"));
  const command = 'umask 077; exec "$0" scripts/package.ts --into "$1"';
  execFileSync("bash", ["-c", command, process.execPath, into]);
  const name = `okta-8x8-telephony-${packageJson.version}.tgz`;
  const [first, second] = [built, into].map((folder) => readFileSync(join(folder, name)));
  rmSync(into, { recursive: true });
  expect(second?.equals(first ?? Buffer.alloc(0))).toBe(true);
});

function unpack(into: string): string {
  const folder = mkdtempSync(join(tmpdir(), "unpacked-"));
  const tarball = join(into, `okta-8x8-telephony-${packageJson.version}.tgz`);
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "--directory", folder]);
  return folder;
}

test("npm refuses the package, or warns, if Node is too old for it", () => {
  const folder = unpack(built);
  const { engines } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    engines?: object;
  };
  rmSync(folder, { recursive: true });
  expect(engines).toEqual(packageJson.engines);
});

describe("links of the documents", () => {
  const linksIn = (folder: string) =>
    globSync("**/*.md", { cwd: folder }).flatMap((file) =>
      [...readFileSync(join(folder, file), "utf8").matchAll(/\]\(\s*<?([^)\s>]+)/g)].map(
        ([, link = ""]) => [file, link] as const,
      ),
    );

  test("every relative link in the package leads to a file of the package", () => {
    const folder = unpack(built);
    const relative = linksIn(folder).filter(([, link]) => !/^(?:[a-z]+:|#)/.test(link));
    expect(relative.length).toBeGreaterThan(100);
    const isThere = (file: string, link: string) =>
      existsSync(join(folder, dirname(file), link.replace(/#.*/, "")));
    expect(relative.filter(([file, link]) => !isThere(file, link))).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test.each([
    [{}, "See contributing, [a](b.md) and [b](#c)."],
    [
      { repository: "github:octo-org/product", gitHead: "a1b2" },
      "See [contributing](https://github.com/octo-org/product/blob/a1b2/CONTRIBUTING.md#x), [a](b.md) and [b](#c).",
    ],
  ])("a link to a file that the package lacks changes for the origin %j", async (origin, text) => {
    const folder = mkdtempSync(join(tmpdir(), "links-"));
    mkdirSync(join(folder, "docs"));
    writeFileSync(join(folder, "docs/b.md"), "");
    const document = "See [contributing](../CONTRIBUTING.md#x), [a](b.md) and [b](#c).";
    writeFileSync(join(folder, "docs/a.md"), document);
    await keepLinks(folder, origin);
    expect(readFileSync(join(folder, "docs/a.md"), "utf8")).toBe(text);
    rmSync(folder, { recursive: true });
  });
});

describe("bundled packages", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; version: string } | undefined>;
  };

  // npm audit and Dependabot check only dependencies in package.json.
  test("every package that runs in Azure is a run-time dependency in the lock file", () => {
    const { inputs } = JSON.parse(readFileSync(".cache/metafile.json", "utf8")) as {
      inputs: object;
    };
    const folders = Object.keys(inputs).flatMap(
      (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [],
    );
    const bundled = [...new Set(folders)];
    expect(bundled).toEqual(
      expect.arrayContaining(["node_modules/zod", "node_modules/@azure/identity"]),
    );
    expect(bundled.filter((path) => packages[path] === undefined || packages[path].dev)).toEqual(
      [],
    );
  });

  test("the bill of materials lists the bundled packages of the app, the tools and the phone page", () => {
    const { metadata, components } = JSON.parse(
      readFileSync(join(built, "okta-8x8-telephony.sbom.json"), "utf8"),
    ) as {
      metadata: { component: { name: string } };
      components: readonly { name: string; version: string; licenses: readonly object[] }[];
    };
    expect(metadata.component.name).toBe("okta-8x8-telephony");
    const names = components.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["applicationinsights", "undici", "zod", "selfsigned", "preact"]),
    );
    expect(names.filter((name) => /esbuild|jest|playwright/.test(name))).toEqual([]);
    expect(components.filter(({ licenses }) => licenses.length !== 1)).toEqual([]);
    const zod = components.find(({ name }) => name === "zod");
    expect(zod?.version).toBe(packages["node_modules/zod"]?.version);
  });
});
