import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Explained, SettingsAnswer } from "../protocol.ts";
import { ask } from "./ask.ts";
import { Code } from "./exchanges.tsx";
import { attempt, say } from "./toast.ts";

/** Answer of GET /api/health: a status, and lists of names. */
interface Health {
  readonly status?: string;
  readonly [list: string]: unknown;
}

const commands = signal<readonly Explained[]>([]);
const answer = signal<SettingsAnswer | undefined>(undefined);

async function load(): Promise<void> {
  commands.value = ((await ask("/sandbox/commands")) as { commands: Explained[] }).commands;
  answer.value = (await ask("/sandbox/settings")) as SettingsAnswer;
}

/** Loads everything each time the view opens, because the app's health may have changed. */
export function Settings() {
  useEffect(() => {
    attempt(load);
  }, []);
  const health = answer.value?.health as Health | undefined;
  const settings = answer.value?.settings ?? [];
  const setFirst = settings.toSorted((one, other) => Number(other.isSet) - Number(one.isSet));
  return (
    <section class="settings" aria-labelledby="settings-title" tabIndex={0}>
      <h2 id="settings-title">The app's settings</h2>
      <p class="health" role="status" data-tone={health?.status === "healthy" ? "good" : "bad"}>
        {health && healthSentence(health)}
      </p>
      <SecondHook on={answer.value?.secondHook ?? false} />
      <details class="commands">
        <summary>Commands for a second terminal</summary>
        <p class="note">
          Secrets are never on this page. To print them: <code>npm start -- --verbose</code>
        </p>
        {commands.value.map(({ title, command }) => (
          <div key={title}>
            <p>{title}</p>
            <Code name={title} text={command}>
              {command}
            </Code>
          </div>
        ))}
      </details>
      <p class="note">Set a value in the shell, then run npm start again. Secrets are masked.</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">Value</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {setFirst.map((setting) => (
            <Setting key={setting.name} {...setting} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Another provider's hook, to which the app passes codes that 8x8 does not take. */
function SecondHook({ on }: { readonly on: boolean }) {
  const change = async () => {
    say("The app starts again.");
    await ask("/sandbox/second-hook", { on: !on });
    await load();
  };
  return (
    <p class="second-hook">
      The second hook is {on ? "on: it sends codes that 8x8 does not take." : "off."}{" "}
      <button type="button" aria-pressed={on} onClick={() => attempt(change)}>
        {on ? "Switch it off" : "Switch it on"}
      </button>
    </p>
  );
}

function Setting({ name, value, isSet, sentence }: SettingsAnswer["settings"][number]) {
  return (
    <tr>
      <th scope="row">
        <code>{name}</code>
      </th>
      <td>
        {value !== "" && <code>{value}</code>}{" "}
        {!isSet && <span class="unset">{value === "" ? "not set" : "(default)"}</span>}
      </td>
      <td>{sentence.replaceAll("`", "")}</td>
    </tr>
  );
}

/** Returns the status as a sentence, then a sentence for each further field. */
function healthSentence({ status, ...more }: Health): string {
  const named = Object.entries(more).map(
    ([name, value]) => `${name}: ${[value].flat().join(", ")}.`,
  );
  return [`The app is ${status ?? "unreachable"}.`, ...named].join(" ");
}
