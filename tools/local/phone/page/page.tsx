import { render } from "preact";
import { Bar, Notice } from "./bar.tsx";
import { Faults } from "./faults.tsx";
import { Phone } from "./phone.tsx";
import { go, route } from "./route.ts";
import { Send } from "./send.tsx";
import { Settings } from "./settings.tsx";
import { connection, followStream } from "./stream.ts";
import { Traffic } from "./traffic.tsx";

// On a wide screen, the phone is beside the other views.
const views = {
  phone: Traffic,
  traffic: Traffic,
  send: Send,
  faults: Faults,
  settings: Settings,
} as const;

function Page() {
  const { view, hook } = route.value;
  const View = views[view];
  const classes = ["page", hook !== undefined && "one-hook", connection.value === "lost" && "old"];
  return (
    <div class={classes.filter(Boolean).join(" ")} data-view={view}>
      <Bar />
      <Notice />
      <main class="desk">
        <Phone />
        <div class="parts" id="parts" tabIndex={-1}>
          <View />
        </div>
      </main>
    </div>
  );
}

/** Keys that work outside of fields and dialogs. The list of rows handles its own keys. */
function onKey(event: KeyboardEvent): void {
  const { key, target } = event;
  const writes = target instanceof Element && target.matches("input, select, textarea");
  if (writes || document.querySelector("dialog[open]") !== null) return;
  if (key === "/") {
    event.preventDefault();
    go("#traffic");
    setTimeout(() => document.getElementById("filter")?.focus());
  } else if (key === "Escape" && route.value.hook !== undefined) {
    go("#traffic");
    setTimeout(() => document.getElementById("requests")?.focus());
  }
}

document.addEventListener("keydown", onKey);
render(<Page />, document.body);
followStream();
