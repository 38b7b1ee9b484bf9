import * as z from "zod";
import { localSettingNames } from "../../src/settings/secret-list.ts";
import { describeUnknown, goneSettings } from "../../src/settings/warnings.ts";
import { commandLine } from "../command-line.ts";
import { type Bicep, type Place, Refusal, snapshotOptions } from "./bicep.ts";

const diagnostic = z.object({
  source: z.string(),
  range: z.object({ start: z.object({ line: z.number(), char: z.number() }) }),
  level: z.enum(["Info", "Warning", "Error"]),
  code: z.string(),
  message: z.string(),
});
const compiled = z.object({
  diagnostics: z.array(diagnostic),
  parameters: z.string().nullish(),
  template: z.string().nullish(),
});
const parameters = z.object({
  parameters: z.record(z.string(), z.object({ value: z.unknown().optional() })),
});
const template = z.object({
  parameters: z.record(z.string(), z.object({ defaultValue: z.unknown().optional() })),
});

export interface Compiled {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** Values by parameter name, with the template's defaults. Undefined if there are errors. */
  readonly values: Readonly<Record<string, unknown>> | undefined;
}

/** @param file an absolute path. */
export async function compile(call: Bicep["call"], file: string): Promise<Compiled> {
  const reply = compiled.parse(
    await call("bicep/compileParams", { path: file, parameterOverrides: {} }),
  );
  const said = (level: "Warning" | "Error") =>
    reply.diagnostics
      .filter((one) => one.level === level)
      .map(({ source, range: { start }, code, message }) => {
        // Leave out the type that the compiler prints, because a type can have 40 members.
        const words = message
          .replace(/ on objects of type "\{.*\}"/s, "")
          .replace(/ Permissible properties include .{200,}$/s, "");
        return `${source}(${start.line + 1},${start.char + 1}) ${code}: ${words}${adviceFor(message)}`;
      });
  return { errors: said("Error"), warnings: said("Warning"), values: valuesOf(reply) };
}

/** Returns advice for a name that hookSettings no longer has, or must not have. */
function adviceFor(message: string): string {
  const isNamed = (name: string) => message.includes(`The property "${name}"`);
  const gone = [...goneSettings.keys()].find(isNamed);
  if (gone !== undefined) return ` ${describeUnknown(gone)}`;
  const secret = localSettingNames.find(isNamed);
  return secret === undefined
    ? ""
    : ` ${secret} is a secret, which only the vault may have. Remove the line, and change the secret at its source, because the file has it. Then run ${commandLine("seed-secrets --help")}`;
}

function valuesOf(reply: z.infer<typeof compiled>): Compiled["values"] {
  if (!reply.parameters || !reply.template) return undefined;
  const defaults = Object.entries(template.parse(JSON.parse(reply.template)).parameters);
  const named = Object.entries(parameters.parse(JSON.parse(reply.parameters)).parameters);
  return Object.fromEntries<unknown>([
    ...defaults.map(([name, { defaultValue }]) => [name, defaultValue] as const),
    ...named.map(([name, { value }]) => [name, value] as const),
  ]);
}

/** A template refuses example values and values that contradict each other. */
export async function refusalOf(
  call: Bicep["call"],
  file: string,
  place: Place,
): Promise<string | undefined> {
  try {
    await call("bicep/getSnapshot", { path: file, ...snapshotOptions(place) });
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return wordsOf(error);
  }
}

/** Keeps only the text that the template passes to fail(). */
export function wordsOf({ message }: Refusal): string {
  const [, words] =
    /^The template variable '\w+' is not valid: (.*?)\.* Please see /s.exec(message) ?? [];
  return words === undefined ? message : `${words}.`;
}
