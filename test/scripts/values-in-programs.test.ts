import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../scripts");

/**
 * Variables in the text of a sed or eval program. A string that is only a variable is a file name.
 */
function variablesIn(line: string): string[] {
  const call = /\b(?:sed|eval)\b.*/.exec(line)?.[0] ?? "";
  return [...call.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text = ""]) => text)
    .filter((text) => !/^\$\w+$/.test(text))
    .flatMap((text) => [...text.matchAll(/\$\{?(\w+)/g)].map(([, name = ""]) => name));
}

// In GNU sed, the command `e` and the flag `e` run a shell:
// https://www.gnu.org/software/sed/manual/html_node/Other-Commands.html
test("no sed or eval program contains a value from Azure, Okta, 8x8 or a file", () => {
  const found = globSync("**/*.{sh,bash}", { cwd: root }).flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .filter((line) => !/^\s*#/.test(line))
      .flatMap(variablesIn)
      .map((name) => `${file} ${name}`),
  );
  expect([...new Set(found)].toSorted()).toEqual([
    // A pattern that the file itself sets.
    "retry.bash beyond_ascii",
    // Two to five letters and digits, checked by setup.sh.
    "setup/parameters.bash environment",
    // The name of a parameter, which the scripts themselves set.
    "setup/values.bash 2",
  ]);
});
