import * as z from "zod";
import { environment, settingNames } from "../src/settings/environment.ts";

/** A setting in words, for documents, templates and screens. The app itself does not need it. */
export interface DescribedSetting extends Readonly<z.GlobalMeta> {
  readonly name: string;
  /** In Markdown; links are relative to docs/. */
  readonly meaning: string;
  /** As text, before it is parsed; undefined where it has none. */
  readonly byDefault: string | undefined;
  /** Undefined where its form is not a closed list. */
  readonly choices: readonly string[] | undefined;
}

/**
 * Only what a setting is parsed from has a default as text, and only what it is parsed to has
 * choices.
 */
const [input, output] = (["input", "output"] as const).map(
  (io) =>
    z.toJSONSchema(environment, { io, unrepresentable: "any" }).properties as Record<
      string,
      JsonSchema
    >,
) as [Record<string, JsonSchema>, Record<string, JsonSchema>];
type JsonSchema = { readonly default?: string; readonly enum?: readonly string[] };

export const describedSettings: readonly DescribedSetting[] = settingNames.map((name) => {
  const { description: meaning = "", ...meta } = environment.shape[name].meta() ?? {};
  return { ...meta, name, meaning, byDefault: input[name]?.default, choices: output[name]?.enum };
});

/** Without Markdown's signs. */
export function plain(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1").replaceAll("`", "");
}
