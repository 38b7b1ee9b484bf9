import { execFileSync } from "node:child_process";
import { globSync, readFileSync, statSync } from "node:fs";

export interface PackageSize {
  readonly mainBytes: number;
  readonly zipBytes: number;
  /** Bytes of all bundles by package, the largest first; our own source is "src". */
  readonly byPackage: Readonly<Record<string, number>>;
}

const main = "dist/main.cjs";

export function measurePackage(): PackageSize {
  const said = execFileSync(process.execPath, ["scripts/package.ts"], { encoding: "utf8" });
  const [archive = ""] = said.split(":");
  return {
    mainBytes: statSync(main).size,
    zipBytes: statSync(archive).size,
    byPackage: sizesOf(
      globSync("dist/*.cjs")
        .map((bundle) => readFileSync(bundle, "utf8"))
        .join("\n"),
    ),
  };
}

/** esbuild heads each module of a bundle that is not minified with its path. */
function sizesOf(bundle: string): Record<string, number> {
  const sizes = new Map<string, number>();
  const parts = bundle.split(/^(?: {2})?\/\/ ((?:node_modules|src)\/\S+)$/m);
  for (let index = 1; index < parts.length; index += 2) {
    const name = packageOf(parts[index] ?? "");
    sizes.set(name, (sizes.get(name) ?? 0) + Buffer.byteLength(parts[index + 1] ?? ""));
  }
  return Object.fromEntries([...sizes].sort(([, a], [, b]) => b - a));
}

function packageOf(path: string): string {
  const [, name] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return name ?? "src";
}
