import type { Tryable } from "../protocol.ts";
import { ask } from "./ask.ts";
import { Code } from "./code.tsx";
import { app } from "./store.ts";
import { attempt, say } from "./toast.ts";
import { commandLine } from "../../../command-line.ts";

export function Settings() {
  const { host, commands = [], settings = [], warnings = [] } = app.value ?? {};
  const lines = settings.map(({ name, value }) => `${name}=${value}`).join("\n");
  return (
    <section class="view settings" aria-labelledby="settings-title">
      <h2 id="settings-title">The app</h2>
      {warnings.map((line) => (
        <p class="box" data-tone="warn" key={line}>
          {line}
        </p>
      ))}
      {host === "none" ? <p>No app runs here.</p> : <Try />}
      <h2>Commands for a second terminal</h2>
      <p class="note">
        Secrets are never on this page. To print them:{" "}
        <code>{commandLine("start", "--verbose")}</code>
      </p>
      {commands.map(({ title, command }) => (
        <div key={title}>
          <p>{title}</p>
          <Code name={title} text={command} />
        </div>
      ))}
      <h2>Settings that are set</h2>
      <p class="note">To change another one, set it in the shell and start the app again.</p>
      <Code name="Settings" text={lines} />
    </section>
  );
}

function restart(path: string, body: object): void {
  attempt(async () => {
    say("The app starts again.");
    await ask(path, body);
    say("The app has started again.");
  });
}

function Try() {
  const { secondHook = false, tryable = [], lines = "" } = app.value ?? {};
  return (
    <>
      <p>
        The second hook is {secondHook ? "on: it sends codes that 8x8 does not take." : "off."}{" "}
        <button type="button" onClick={() => restart("/sandbox/second-hook", { on: !secondHook })}>
          {secondHook ? "Switch it off" : "Switch it on"}
        </button>
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const fields = new FormData(event.currentTarget);
          const changed = tryable.filter(
            (setting) => fields.get(setting.name) !== shownOf(setting),
          );
          restart(
            "/sandbox/settings",
            Object.fromEntries(changed.map(({ name }) => [name, fields.get(name)])),
          );
        }}
      >
        <h3>Try settings</h3>
        <div class="fields">
          {tryable.map((setting) => (
            <Field key={`${setting.name} ${setting.value}`} {...setting} />
          ))}
          <button type="submit" class="main">
            Restart with these settings
          </button>
        </div>
      </form>
      {lines !== "" && (
        <div>
          <p>
            To keep these settings, write them into <code>Values</code> in{" "}
            <code>local.settings.json</code>.
          </p>
          <Code name="Lines for local.settings.json" text={lines} />
        </div>
      )}
    </>
  );
}

/** Unset settings with a list of values show the default, and others an empty field. */
function shownOf({ value, byDefault, choices }: Tryable): string {
  const isSame = (choice: string) => choice.toLowerCase() === value.toLowerCase();
  return choices === undefined ? value : (choices.find(isSame) ?? byDefault);
}

function Field(setting: Tryable) {
  const { name, byDefault, choices } = setting;
  const shown = shownOf(setting);
  return (
    <label>
      {name}
      {choices === undefined ? (
        <input name={name} autocomplete="off" placeholder={byDefault} defaultValue={shown} />
      ) : (
        <select name={name}>
          {choices.map((choice) => (
            <option key={choice} selected={choice === shown}>
              {choice}
            </option>
          ))}
        </select>
      )}
    </label>
  );
}
