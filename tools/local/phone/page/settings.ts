import type { Explained, SettingsAnswer } from "../protocol.ts";
import { ask } from "./ask.ts";
import { create, part } from "./dom.ts";
import { attempt } from "./toast.ts";

/** Answer of GET /api/health: a status, and lists of names. */
interface Health {
  readonly status?: string;
  readonly [list: string]: unknown;
}

/** Loads everything each time the view opens, because the app's health may have changed. */
export function showSettings(): Promise<unknown> {
  return attempt(async () => {
    const { commands } = (await ask("/sandbox/commands")) as {
      readonly commands: readonly Explained[];
    };
    part(document, "commands").replaceChildren(...commands.flatMap(drawCommand));
    const { settings, ...answer } = (await ask("/sandbox/settings")) as SettingsAnswer;
    const health = answer.health as Health;
    const setFirst = settings.toSorted((one, other) => Number(other.isSet) - Number(one.isSet));
    part(document, "settings-rows").replaceChildren(...setFirst.map(drawSetting));
    part(document, "health").textContent = healthSentence(health);
    part(document, "health").dataset["tone"] = health.status === "healthy" ? "good" : "bad";
  });
}

function drawCommand({ title, command }: Explained): HTMLElement[] {
  return [create("p", title), create("pre", command)];
}

function drawSetting(setting: SettingsAnswer["settings"][number]): HTMLElement {
  const { name, value, isSet, sentence } = setting;
  const row = document.createElement("tr");
  const head = create("th", "");
  head.setAttribute("scope", "row");
  head.append(create("code", name));
  const cell = create("td", "");
  if (value !== "") cell.append(create("code", value), isSet ? "" : " ");
  if (!isSet) cell.append(create("span", value === "" ? "not set" : "(default)", "unset"));
  row.append(head, cell, create("td", sentence.replaceAll("`", "")));
  return row;
}

/** Returns the status as a sentence, then a sentence for each further field. */
function healthSentence({ status, ...more }: Health): string {
  const named = Object.entries(more).map(
    ([name, value]) => `${name}: ${[value].flat().join(", ")}.`,
  );
  return [`The app is ${status ?? "unreachable"}.`, ...named].join(" ");
}
