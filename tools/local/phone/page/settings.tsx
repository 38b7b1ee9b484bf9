import { Code } from "./code.tsx";
import { app } from "./store.ts";

export function Settings() {
  const { commands = [], settings = [] } = app.value ?? {};
  const lines = settings.map(({ name, value }) => `${name}=${value}`).join("\n");
  return (
    <section class="view settings" aria-labelledby="settings-title">
      <h2 id="settings-title">Commands for a second terminal</h2>
      <p class="note">
        Secrets are never on this page. To print them: <code>npm start -- --verbose</code>
      </p>
      {commands.map(({ title, command }) => (
        <div key={title}>
          <p>{title}</p>
          <Code name={title} text={command} />
        </div>
      ))}
      <h2>Settings that are set</h2>
      <p class="note">To change one, set it in the shell and run npm start again.</p>
      <Code name="Settings" text={lines} />
    </section>
  );
}
