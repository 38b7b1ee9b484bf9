import * as z from "zod";
import { environment, settingNames } from "../src/settings/environment.ts";

/** A setting with texts for documents, templates and screens, which the app does not need. */
export interface DescribedSetting extends Readonly<z.GlobalMeta> {
  readonly name: string;
  /** In Markdown; links are relative to docs/. */
  readonly meaning: string;
  /** The default as text, before it is parsed. */
  readonly byDefault: string | undefined;
  /** The values of a setting that takes only a closed list of values. */
  readonly choices: readonly string[] | undefined;
}

/** Only the schema's input has the default as text, and only its output has the choices. */
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

/** Returns the text without Markdown's links and code marks. */
export function plain(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1").replaceAll("`", "");
}
