import * as z from "zod";
import { environment, settingNames } from "../src/settings/environment.ts";

/** A setting with the texts that documents, templates and screens show. */
export interface DescribedSetting extends Readonly<z.GlobalMeta> {
  readonly name: string;
  /** Markdown, with links relative to docs/. */
  readonly meaning: string;
  /** The default as text, before parsing. */
  readonly byDefault: string | undefined;
  /** The allowed values, if the setting has a fixed list of them. */
  readonly choices: readonly string[] | undefined;
}

/** The input schema has the default as text. The output schema has the allowed values. */
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

export function plain(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1").replaceAll("`", "");
}
