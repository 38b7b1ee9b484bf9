import { existsSync, readFileSync } from "node:fs";
import type { Files } from "./write-files.ts";

const name = "okta-8x8-telephony";
const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");

/** Marks package.json as private, because the repository is not a package to publish. */
export function manifest(version: string): Files {
  const file = "package.json";
  const before = JSON.parse(textOf(file) || "{}") as {
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  const dependencies = { [name]: version, ...before.dependencies };
  return { [file]: `${JSON.stringify({ ...before, private: true, dependencies }, null, 2)}\n` };
}

export function gitIgnore(): Files {
  const file = ".gitignore";
  const before = textOf(file);
  // An .npmrc often has a token for a registry.
  const wanted = ["node_modules/", ".cache/", ".npmrc", "local.settings.json", "accept-report.*"];
  const missing = wanted.filter((line) => !before.split("\n").includes(line));
  const end = before === "" || before.endsWith("\n") ? "" : "\n";
  return { [file]: before + end + missing.map((line) => `${line}\n`).join("") };
}

export const hasCodeOwners = (): boolean =>
  [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"].some((file) => existsSync(file));

/** https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners */
export function codeOwners(owners: string): Files {
  const file = ".github/CODEOWNERS";
  const others = textOf(file)
    .split("\n")
    .filter((line) => line !== "" && !/^\/(?:environments|\.github)\/ /.test(line));
  return { [file]: [...others, `/environments/ ${owners}`, `/.github/ ${owners}`, ""].join("\n") };
}
