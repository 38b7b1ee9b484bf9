import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { hostSettings, workerArguments } from "../tools/functions-host.ts";
import { describedSettings, plain, type DescribedSetting } from "../tools/described-settings.ts";
import { localSettingNames } from "../src/settings/secret-list.ts";
import { alertTable } from "./alert-table.ts";
import { costTable } from "./cost-table.ts";
import { limitTable } from "./limit-table.ts";
import { parameterTables } from "./parameter-table.ts";
import { reasonTable } from "./reason-table.ts";
import { answerUsage } from "../tools/usage.ts";

answerUsage(`npm run generate

Writes the generated tables and types:
  settings    from src/settings/environment/, into docs/configure.md, infra/types.bicep and
              local.settings.json.example
  alerts      from infra/, into docs/runbooks.md
  cost        from infra/, into docs/is-this-for-you.md
  limits      from src/guard/limits.ts, into docs/guard.md
  parameters  from infra/, into docs/parameters.md
  reasons     from src/rules/reasons.ts, into docs/troubleshoot.md`);

const needs: Readonly<Record<NonNullable<DescribedSetting["needed"]>, string>> = {
  always: "required",
  "in Azure": "required in Azure",
  "with tokens": "required with tokens",
};

function tableRow({ name, meaning, byDefault, needed, choices }: DescribedSetting): string {
  const value = byDefault === undefined ? (needed ? needs[needed] : "unset") : `\`${byDefault}\``;
  const others = choices?.filter((choice) => choice !== byDefault).map((choice) => `\`${choice}\``);
  return `| \`${name}\` | ${others ? `${value} (or ${others.join(", ")})` : value} | ${meaning} |`;
}

function configureTable(): string {
  return [
    "| setting | default | meaning |",
    "| --- | --- | --- |",
    ...describedSettings.map(tableRow),
  ].join("\n");
}

function bicepProperty({ name, meaning, byDefault, needed, choices }: DescribedSetting): string {
  const kind = needed === undefined ? "Optional" : needs[needed].replace("required", "Required");
  const description = `${kind}. ${plain(meaning)}${byDefault === undefined ? "" : ` Default: ${byDefault}`}`;
  const form = choices?.map((choice) => `'${choice}'`).join(" | ") ?? "string";
  return `  @description('${description.replaceAll(/['\\]|\$(?=\{)/g, "\\$&")}')\n  ${name}: ${form}${needed === "always" ? "" : "?"}`;
}

function bicepType(): string {
  const chosen = describedSettings.filter(({ setByTemplate }) => !setByTemplate);
  return `type hookSettings = {\n${chosen.map(bicepProperty).join("\n\n")}\n}`;
}

const localSecrets: Readonly<Record<string, string>> = {
  OKTA_HOOK_SECRET: "local-hook-secret",
  EIGHT_BY_EIGHT_API_KEY: "local-api-key",
};

/** Settings that only func reads. */
const ofFunc = {
  FUNCTIONS_WORKER_RUNTIME: "node",
  languageWorkers__node__arguments: workerArguments,
  AzureWebJobsStorage: "",
  ...hostSettings,
};

function localSettings(): string {
  const values = {
    ...ofFunc,
    ...Object.fromEntries(localSettingNames.map((name) => [name, localSecrets[name] ?? ""])),
    ...Object.fromEntries(
      describedSettings.map(({ name, onLaptop, byDefault }) => [name, onLaptop ?? byDefault ?? ""]),
    ),
  };
  return `${JSON.stringify({ IsEncrypted: false, Values: values, Host: { LocalHttpPort: 7071 } }, null, 2)}\n`;
}

/** Returns the file's text, with the lines between its two markers replaced. */
function between(file: string, generated: string): string {
  const text = readFileSync(file, "utf8");
  const marked =
    /(?<=^.*\bwritten by npm run generate\b.*\n)[^]*?(?=^.*\bend of what npm run generate writes\b)/m;
  if (!marked.test(text))
    throw new Error(
      `${file} lacks a marker line before or after its generated part. Restore both lines.`,
    );
  return text.replace(marked, () => generated);
}

const documents = {
  "docs/configure.md": configureTable(),
  "docs/runbooks.md": alertTable(),
  "docs/is-this-for-you.md": costTable(),
  "docs/guard.md": limitTable(),
  "docs/parameters.md": parameterTables(),
  "docs/troubleshoot.md": reasonTable(),
};
const written: Record<string, string> = {};
for (const [file, generated] of Object.entries(documents)) {
  const text = between(file, `\n${generated}\n\n`);
  written[file] = await format(text, { parser: "markdown", printWidth: 100 });
}
written["infra/types.bicep"] = between("infra/types.bicep", `${bicepType()}\n`);
written["local.settings.json.example"] = localSettings();
for (const [file, text] of Object.entries(written)) writeFileSync(file, text);
