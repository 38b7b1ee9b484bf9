import { globSync } from "node:fs";
import { join } from "node:path";
import { ask } from "./asked.ts";
import { findCompiler, groupOf, type Placeholders, snapshotOptions } from "./bicep.ts";
import { isCompanys, root, type Snapshot } from "./snapshot.ts";

// Milliseconds. Compiling takes seconds without a cache, and minutes on a busy machine.
export const hasCompiler = findCompiler() !== undefined;

export interface Compiled {
  readonly success: boolean;
  readonly contents?: string;
  readonly diagnostics: readonly {
    readonly level: "Info" | "Warning" | "Error";
    readonly message: string;
  }[];
}

/** Names of the product's files in infra/ that match a glob. */
export function templateFiles(...patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: join(root, "infra") })
    .filter((file) => !isCompanys(file))
    .sort();
}

/** A template as Azure gets it, with all warnings of the compiler and its linter. */
export function build(file: string): Promise<Compiled> {
  return ask("bicep/compile", file, {});
}

/** A parameter file, or this content in its place, with its warnings. */
export function buildParameters(file: string, content?: string): Promise<Compiled> {
  return ask("bicep/compileParams", file, { content }, { parameterOverrides: {} });
}

/** A file, or this content in its place, as the compiler formats it. */
export async function format(file: string, content?: string): Promise<string> {
  return (await ask<{ contents: string }>("bicep/format", file, { content })).contents;
}

/**
 * The resources of a deployment, as scripts/snapshot.sh writes them except for the order of
 * outputs. Rejects with the reason of a refusal.
 */
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
        snapshotOptions(resourceGroup),
      )
    ).snapshot;
  } catch (error) {
    // If the file does not compile, the answer says only that.
    const { success, diagnostics } = await buildParameters(file, about.content);
    if (success) throw error;
    throw new Error(diagnostics.map(({ message }) => message).join("\n"), { cause: error });
  }
}

/** Advice on a committed snapshot that differs from its template. Undefined if they agree. */
export async function staleness(file: string, committed: string): Promise<string | undefined> {
  const lines = (text: string) => {
    const { outputs, ...rest } = JSON.parse(text) as Snapshot;
    const sorted = Object.fromEntries(Object.entries(outputs).sort());
    return JSON.stringify({ ...rest, outputs: sorted }, null, 2).split("\n");
  };
  const now = lines(await snapshotText(file, groupOf(file), { placeholders: "allowed" }));
  const then = lines(committed);
  const at = now.findIndex((line, i) => line !== then[i]);
  if (at < 0 && now.length === then.length) return undefined;
  return `infra/${file}: the snapshot is out of date. Run scripts/snapshot.sh and review its diff.\n- ${then[at] ?? ""}\n+ ${now[at] ?? ""}`;
}

const somewhere = "rg-variant";

/**
 * Resources of a deployment with these parameters, otherwise the defaults, independent of the
 * environments' files. Rejects with the reason of a refusal.
 * @param unset Parameters to leave out.
 */
export function compileVariant(choices: string, unset: readonly string[] = []): Promise<Snapshot> {
  const required = [
    "param environmentName = 'test'",
    "param hookSettings = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: 'acme_otp' }",
    "param pageReceivers = { emails: ['on-call@acme.test'] }",
    "param ticketEmails = ['queue@acme.test']",
    "param runbookUrl = 'https://acme.test/docs/runbooks.md'",
  ].filter(
    (line) =>
      !choices.includes(line.replace(/=.*/, "=")) &&
      !unset.some((name) => line.includes(` ${name} =`)),
  );
  return compileWith("main.bicep", "", [...required, choices], somewhere);
}

/** The same for the bootstrap. It refuses example values, as in a deployment. */
export function compileBootstrap(choices: string): Promise<Snapshot> {
  const required = ["param environmentName = 'test'", "param location = 'westeurope'"];
  return compileWith("main.bicep", "bootstrap/", [...required, choices], null);
}

/** The same for the front. */
export function compileFront(choices: string): Promise<Snapshot> {
  const required = [
    "param hostName = 'otp.acme.test'",
    "param originHostNames = ['prod.acme.test', 'dr.acme.test']",
    "param runbookUrl = 'https://acme.test/docs/outage.md'",
  ];
  return compileWith("front.bicep", "", [...required, choices], somewhere);
}

async function compileWith(
  template: string,
  folder: string,
  lines: readonly string[],
  group: string | null,
) {
  const content = [`using '${template}'`, ...lines].join("\n");
  const text = await snapshotText(`${folder}variant.bicepparam`, group, {
    content,
    placeholders: "unset",
  });
  return JSON.parse(text) as Snapshot;
}
