import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../scripts");

/** The variables in a program of sed or of eval: a string that is one variable is a file's name. */
function variablesIn(line: string): string[] {
  const call = /\b(?:sed|eval)\b.*/.exec(line)?.[0] ?? "";
  return [...call.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text = ""]) => text)
    .filter((text) => !/^\$\w+$/.test(text))
    .flatMap((text) => [...text.matchAll(/\$\{?(\w+)/g)].map(([, name = ""]) => name));
}

// GNU sed's command `e` and its flag `e` run a shell:
// https://www.gnu.org/software/sed/manual/html_node/Other-Commands.html
test("no value of Azure's, Okta's, 8x8's or a file's is in a program of sed or eval", () => {
  const found = globSync("**/*.{sh,bash}", { cwd: root }).flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .filter((line) => !/^\s*#/.test(line))
      .flatMap(variablesIn)
      .map((name) => `${file} ${name}`),
  );
  expect([...new Set(found)].toSorted()).toEqual([
    // Two to five letters and digits, which setup.sh has judged.
    "setup/parameters.bash environment",
    // A parameter's name, which the scripts themselves give.
    "setup/values.bash 2",
  ]);
});
