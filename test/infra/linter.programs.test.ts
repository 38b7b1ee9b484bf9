// Tests bicepconfig.json and the comments that disable linter rules. compiler.programs.test.ts
// fails if the linter prints a warning or an error.
import { templateFiles } from "./compiler.ts";
import { readProjectFile } from "./snapshot.ts";

interface Linter {
  readonly enabled: boolean;
  readonly rules: Readonly<Record<string, { readonly level: string }>>;
}

it("bicepconfig.json makes every listed rule an error, except use-recent-api-versions", () => {
  const { core } = (
    JSON.parse(readProjectFile("infra/bicepconfig.json")) as { analyzers: { core: Linter } }
  ).analyzers;
  const { "use-recent-api-versions": ages, ...rules } = core.rules;
  expect([core.enabled, ages]).toEqual([true, { level: "info", maxAllowedAgeInDays: 730 }]);
  expect(new Set(Object.values(rules).map(({ level }) => level))).toEqual(new Set(["error"]));
  expect(Object.keys(rules)).toEqual(
    expect.arrayContaining([
      ...[
        "outputs-should-not-contain-secrets",
        "secure-parameter-default",
        "secure-params-in-nested-deploy",
      ],
      ...[
        "secure-secrets-in-params",
        "use-secure-value-for-secure-inputs",
        "use-stable-resource-identifiers",
      ],
      ...["no-unused-params", "no-hardcoded-location", "use-safe-access"],
    ]),
  );
});

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
