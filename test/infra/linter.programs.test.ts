// compiler.programs.test.ts fails if the linter prints a warning or an error.
import { templateFiles } from "./compiler.ts";
import { readProjectFile } from "./snapshot.ts";

it("templates disable rules only for single lines and for three known reasons", () => {
  const files = templateFiles("**/*.bicep", "**/*.bicepparam");
  const directives = files.flatMap(
    (file) => readProjectFile(`infra/${file}`).match(/#(disable|pragma).*/g) ?? [],
  );
  expect([...new Set(directives)].sort()).toEqual([
    "#disable-next-line BCP037 // documented since API 2024-11-01, absent from the published types",
    "#disable-next-line BCP187 // Azure requires it, and the published types lack it",
    "#disable-next-line use-recent-api-versions // the only other version is ten years old",
  ]);
});
