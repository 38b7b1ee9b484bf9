import { render } from "preact";
import { Bar } from "./bar.tsx";
import { Faults } from "./faults.tsx";
import { Phone } from "./phone.tsx";
import { route } from "./route.ts";
import { Send } from "./send.tsx";
import { Settings } from "./settings.tsx";
import { followStream } from "./store.ts";
import { Traffic } from "./traffic.tsx";

// On a wide screen, the phone is always visible, so the view `phone` shows the traffic beside it.
const components = {
  phone: Traffic,
  traffic: Traffic,
  send: Send,
  faults: Faults,
  settings: Settings,
} as const;

function Page() {
  const { view, hook } = route.value;
  const View = components[view];
  return (
    <div class={hook === undefined ? "page" : "page one-hook"} data-view={view}>
      <Bar />
      <main class="desk">
        <View />
        <Phone />
      </main>
    </div>
  );
}

render(<Page />, document.body);
followStream();
