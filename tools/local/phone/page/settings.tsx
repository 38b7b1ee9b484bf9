import { ask } from "./ask.ts";
import { Code } from "./code.tsx";
import { app, loadApp } from "./store.ts";
import { attempt, say } from "./toast.ts";
import { commandLine } from "../../../command-line.ts";

export function Settings() {
  const { host, secondHook = false, commands = [], settings = [] } = app.value ?? {};
  const lines = settings.map(({ name, value }) => `${name}=${value}`).join("\n");
  return (
    <section class="view settings" aria-labelledby="settings-title">
      <h2 id="settings-title">The app</h2>
      {host === "none" ? <p>No app runs here.</p> : <SecondHook on={secondHook} />}
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
      <p class="note">To change one, set it in the shell and start the app again.</p>
      <Code name="Settings" text={lines} />
    </section>
  );
}

function SecondHook({ on }: { readonly on: boolean }) {
  const change = async () => {
    say("The app starts again.");
    await ask("/sandbox/second-hook", { on: !on });
    await loadApp();
  };
  return (
    <p>
      The second hook is {on ? "on: it sends codes that 8x8 does not take." : "off."}{" "}
      <button type="button" onClick={() => attempt(change)}>
        {on ? "Switch it off" : "Switch it on"}
      </button>
    </p>
  );
}
