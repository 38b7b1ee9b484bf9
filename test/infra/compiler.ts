import { globSync } from "node:fs";
import { join } from "node:path";
import { ask, type Placeholders } from "./asked.ts";
import { findCompiler, groupOf, snapshotOptions } from "./bicep.ts";
import { isCompanys, root, type Snapshot } from "./snapshot.ts";

/** Without a compiler, suites skip their tests, and compiler.programs.test.ts reports that. */
export const hasCompiler = findCompiler() !== undefined;

export interface Compiled {
  readonly success: boolean;
  readonly contents?: string;
  readonly diagnostics: readonly {
    readonly level: "Info" | "Warning" | "Error";
    readonly message: string;
  }[];
}

export function templateFiles(...patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: join(root, "infra") })
    .filter((file) => !isCompanys(file))
    .sort();
}

export function build(file: string): Promise<Compiled> {
  return ask("bicep/compile", file, {});
}

export function buildParameters(file: string, content?: string): Promise<Compiled> {
  return ask("bicep/compileParams", file, { content }, { parameterOverrides: {} });
}

export async function format(file: string, content?: string): Promise<string> {
  return (await ask<{ contents: string }>("bicep/format", file, { content })).contents;
}

/** Outputs are unsorted. Rejects with the errors of the compiler or of the template. */
export async function snapshotText(
  file: string,
  resourceGroup: string | null,
  about: { readonly content?: string; readonly placeholders: Placeholders },
): Promise<string> {
  try {
    return (
      await ask<{ snapshot: string }>(
        "bicep/getSnapshot",
        file,
        about,
        snapshotOptions({ group: resourceGroup }),
      )
    ).snapshot;
  } catch (error) {
    if ((error as Error).message !== "Compilation failed") throw error;
    // This error does not say what is wrong, but the diagnostics of the compiler do.
    const { diagnostics } = await buildParameters(file, about.content);
    throw new Error(diagnostics.map(({ message }) => message).join("\n"), { cause: error });
  }
}

export async function staleness(file: string, committed: string): Promise<string | undefined> {
  const lines = (text: string) => {
    const { outputs, madeFrom: _, ...rest } = JSON.parse(text) as Partial<Snapshot>;
    const sorted = Object.fromEntries(Object.entries(outputs ?? {}).sort());
    return JSON.stringify({ ...rest, outputs: sorted }, null, 2).split("\n");
  };
  const now = lines(await snapshotText(file, groupOf(file), { placeholders: "allowed" }));
  const then = lines(committed);
  const at = now.findIndex((line, i) => line !== then[i]);
  if (at < 0 && now.length === then.length) return undefined;
  return `infra/${file}: the snapshot is out of date. Run scripts/snapshot.sh and review its diff.\n- ${then[at] ?? ""}\n+ ${now[at] ?? ""}`;
}

const somewhere = "rg-variant";

/** Adds made-up required parameters, except those in `unset`. Rejects if the template refuses. */
export function compileVariant(choices: string, unset: readonly string[] = []): Promise<Snapshot> {
  const required = [
    "param environmentName = 'test'",
    "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme_otp' }",
    "param pageReceivers = { emails: ['on-call@acme.test'] }",
    "param ticketEmails = ['queue@acme.test']",
    "param runbookUrl = 'https://acme.test/docs/runbooks.md'",
  ].filter((line) => !unset.some((name) => line.includes(` ${name} =`)));
  return compileWith("main.bicep", "", required, choices, somewhere);
}

export function compileBootstrap(choices: string): Promise<Snapshot> {
  const required = ["param environmentName = 'test'", "param location = 'westeurope'"];
  return compileWith("main.bicep", "bootstrap/", required, choices, null);
}

/** Compiles only the role assignments in the app's resource group, with known principals. */
export function compileGrants(group: string, choices: string): Promise<Snapshot> {
  const required = [
    "param appIdentityName = 'id-okta8x8-prod'",
    "param hasPipelines = true",
    "param existingRoles = {}",
    "param vaultOperatorsGroupId = ''",
    "param onCallGroupId = ''",
    "param present = []",
  ];
  return compileWith("grants.bicep", "bootstrap/", required, choices, group);
}

export function compileFront(choices: string): Promise<Snapshot> {
  const required = [
    "param hostName = 'otp.acme.test'",
    "param originHostNames = ['prod.acme.test', 'dr.acme.test']",
    "param runbookUrl = 'https://acme.test/docs/outage.md'",
  ];
  return compileWith("front.bicep", "", required, choices, somewhere);
}

async function compileWith(
  template: string,
  folder: string,
  required: readonly string[],
  choices: string,
  group: string | null,
) {
  const lines = required.filter((line) => !choices.includes(line.replace(/=.*/, "=")));
  const content = [`using '${template}'`, ...lines, choices].join("\n");
  const text = await snapshotText(`${folder}variant.bicepparam`, group, {
    content,
    placeholders: "unset",
  });
  return JSON.parse(text) as Snapshot;
}
