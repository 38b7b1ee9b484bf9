import { readFile } from "node:fs/promises";
import { localSettingNames, settingNames } from "../../src/settings/environment.ts";
import { mask } from "../host/observer.ts";
import type { SettingsAnswer } from "./protocol.ts";

/** A secret by its name. The names of secrets in the vault are none. */
const isSecret = (name: string): boolean =>
  (localSettingNames as readonly string[]).includes(name) ||
  /(?:SECRET|KEY|TOKEN|PASSWORD|CONNECTION_STRING)$/.test(name);

/**
 * What the app runs with.
 * @param document docs/configure.md, whose table has a sentence for each setting.
 */
export async function readSettings(
  document: string,
  env: Readonly<Record<string, string | undefined>>,
  healthUrl: string,
): Promise<SettingsAnswer> {
  const rows = rowsOf(await readFile(document, "utf8"));
  const settings = [...settingNames, ...localSettingNames].map((name) => {
    const { byDefault = "unset", sentence = "On a laptop, and only there: the secret itself." } = rows.get(name) ?? {};
    const set = env[name]?.trim();
    if (!set) return { name, sentence: `${sentence} (default: ${byDefault})` };
    return { name, sentence, value: isSecret(name) ? mask : set };
  });
  return { settings, health: await readHealth(healthUrl) };
}

interface Row {
  readonly byDefault: string;
  readonly sentence: string;
}

function rowsOf(markdown: string): Map<string, Row> {
  const rows = markdown.matchAll(/^\| `([A-Z\d_]+)` *\| ([^|]+) \| ([^|]+) \|$/gm);
  return new Map(
    [...rows].map(([, name = "", byDefault = "", sentence = ""]) => [
      name,
      { byDefault: plain(byDefault), sentence: plain(sentence) },
    ]),
  );
}

/** Without Markdown's signs. */
function plain(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replaceAll("`", "")
    .trim();
}

async function readHealth(url: string): Promise<object> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    return (await answer.json()) as object;
  } catch {
    return { status: "no answer" };
  }
}
