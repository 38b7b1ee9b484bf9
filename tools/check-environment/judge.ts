import { loadSettings } from "../../src/settings/settings.ts";
import { stageFormats, type Environment } from "./environment.ts";
import { rules } from "./rules.ts";
import { destinationsOf, type Values } from "../grants/grants.ts";
import { findUntrusted } from "../grants/trusted-hosts.ts";
import { senderWarnings } from "../sender-warnings.ts";

export interface Finding {
  readonly kind: "problem" | "warning" | "accepted";
  readonly words: string;
}

export const problem = (words: string): Finding => ({ kind: "problem", words });
export const warning = (words: string): Finding => ({ kind: "warning", words });

export function judge(
  environment: Environment,
  accepted: Readonly<Record<string, string>>,
): Finding[] {
  return [
    ...judgeSettings(environment),
    ...judgeStage(environment),
    ...judgeAccepted(accepted),
    ...judgeRules(environment, accepted),
  ];
}

export function judgeHosts(
  name: string,
  values: Values,
  env: Readonly<Record<string, string | undefined>>,
): Finding[] {
  const places = [name, `preview-${name}`];
  const untrusted = findUntrusted(destinationsOf(values), name, places, env);
  if (untrusted === undefined) return [];
  return [(untrusted.mayAsk ? warning : problem)(untrusted.words)];
}

/** The schema needs these settings, which only the template sets. */
const setByTemplate = {
  KEY_VAULT_URL: "https://kv-example.vault.azure.net",
  AZURE_CLIENT_ID: "00000000-0000-0000-0000-000000000000",
  APPLICATIONINSIGHTS_CONNECTION_STRING: "InstrumentationKey=00000000-0000-0000-0000-000000000000",
};

function judgeSettings({ main: { hookSettings, stateTable } }: Environment): Finding[] {
  const table = stateTable ? { STATE_TABLE_URL: "https://stexample.table.core.windows.net" } : {};
  const { config, problems, warnings } = loadSettings({
    ...hookSettings,
    ...setByTemplate,
    ...table,
  });
  return [
    ...problems.map(({ name, problem: words }) =>
      problem(name === "STATE_TABLE_URL" ? noTable : `hookSettings.${name} ${words}.`),
    ),
    ...warnings
      .filter(({ refusedByTemplate }) => !refusedByTemplate)
      .map((one) => warning(`hookSettings.${one.name} ${one.warning}.`)),
    ...(config ? senderWarnings(config) : []).map((one) =>
      warning(`The sender in hookSettings ${one.warning}.`),
    ),
  ];
}

/** The template sets STATE_TABLE_URL if stateTable is true. */
const noTable = "EIGHT_BY_EIGHT_FEEDBACK=send needs the state table. Set stateTable to true.";

function judgeStage({ stage, bootstrap }: Environment): Finding[] {
  // A small environment has no bootstrap and no pipeline.
  if (stage !== undefined || bootstrap === undefined) return [];
  return [
    warning(
      `Without a stage, the rules for production and standby were not checked. Set STAGE, or write ${stageFormats} into pipeline.json.`,
    ),
  ];
}

function judgeAccepted(accepted: Readonly<Record<string, string>>): Finding[] {
  return Object.entries(accepted).flatMap(([name, reason]) => {
    if (!rules.some((rule) => rule.name === name))
      return [
        problem(
          `accepted.json: there is no rule ${name}. The rules are: ${rules.map((rule) => rule.name).join(", ")}.`,
        ),
      ];
    return reason.trim() === ""
      ? [problem(`accepted.json: ${name} has no reason. Write a reason.`)]
      : [];
  });
}

function judgeRules(
  environment: Environment,
  accepted: Readonly<Record<string, string>>,
): Finding[] {
  return rules.flatMap(({ name, stages, isBroken, wrong, fix }): Finding[] => {
    if (!stages.includes(environment.stage) || !isBroken(environment)) return [];
    const reason = accepted[name]?.trim();
    if (reason) return [{ kind: "accepted", words: `${name}: ${reason}` }];
    const advice = typeof fix === "string" ? fix : fix(environment);
    return [problem(`${name}: ${wrong} ${advice}`)];
  });
}
