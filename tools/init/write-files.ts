import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { print } from "../terminal.ts";

/** Content by path. */
export type Files = Readonly<Record<string, string>>;

export function writeFiles(files: Files): void {
  for (const [file, content] of Object.entries(files)) {
    if (existsSync(file) && readFileSync(file, "utf8") === content) {
      print(`${file} is up to date.`);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    print(`Wrote ${file}.`);
  }
}
