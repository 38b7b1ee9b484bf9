// Which of the linter's rules hold. Those that Bicep switches on itself warn, and a warning fails compiler.test.ts.
import { templateFiles } from "./compiler.ts";
import { readProjectFile } from "./snapshot.ts";

const errors = `
adminusername-should-not-be-literal artifacts-parameters explicit-values-for-loc-params max-outputs max-params max-resources
max-variables no-conflicting-metadata no-deployments-resources no-explicit-any no-hardcoded-env-urls no-hardcoded-location
no-hardcoded-outputs no-loc-expr-outside-params no-module-name no-unnecessary-dependson no-unused-existing-resources
no-unused-imports no-unused-params no-unused-types no-unused-vars outputs-should-not-contain-secrets prefer-interpolation
prefer-unquoted-property-names protect-commandtoexecute-secrets secure-parameter-default secure-params-in-nested-deploy
secure-params-in-parameters-file secure-secrets-in-params simplify-interpolation simplify-json-null use-description-outputs
use-description-params use-description-types use-parent-property use-recognized-resource-type use-resource-id-functions
use-resource-symbol-reference use-safe-access use-secure-value-for-secure-inputs use-stable-resource-identifiers
use-stable-vm-image use-user-defined-types what-if-short-circuiting`;

it("every rule of the linter is an error, but for the age of API versions, which changes with the day", () => {
  const rules = Object.fromEntries(
    errors
      .trim()
      .split(/\s+/)
      .map((rule) => [rule, { level: "error" }]),
  );
  const ages = { "use-recent-api-versions": { level: "info", maxAllowedAgeInDays: 730 } };
  expect(JSON.parse(readProjectFile("infra/bicepconfig.json"))).toEqual({
    analyzers: { core: { enabled: true, rules: { ...rules, ...ages } } },
  });
});

it("a template switches a rule off only for a type that Bicep knows too little of, for one line, with the reason", () => {
  const files = templateFiles("**/*.bicep", "**/*.bicepparam");
  const directives = files.flatMap((file) => readProjectFile(`infra/${file}`).match(/#(disable|pragma).*/g) ?? []);
  expect([...new Set(directives)].sort()).toEqual([
    "#disable-next-line BCP037 // documented since API 2024-11-01, absent from the published types",
    "#disable-next-line use-recent-api-versions // the only other version is ten years old",
  ]);
});
