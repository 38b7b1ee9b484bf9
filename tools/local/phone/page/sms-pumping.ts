import type { HookItem } from "../protocol.ts";
import { ask } from "./ask.ts";
import { create, field, fillOptions, part } from "./dom.ts";
import { factsOf } from "./hook-facts.ts";
import { requestTypes } from "./send-form.ts";
import type { Store } from "./store.ts";
import { attempt, say } from "./toast.ts";
import { outcomeOf, plural } from "./words.ts";

/** Simulates toll fraud. The table fills while the hooks are answered. */
export function startSmsPumping(store: Store): void {
  const form = part(document, "pumping-form", HTMLFormElement);
  const type = field(form, "requestType", HTMLSelectElement);
  fillOptions(type, requestTypes);
  type.value = "com.okta.user.telephony.pre-enrollment";
  let run: { readonly afterN: number; readonly range: string } | undefined;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const range = field(form, "range", HTMLInputElement).value.trim();
    const count = field(form, "count", HTMLInputElement).valueAsNumber;
    run = { afterN: store.hooks.at(-1)?.n ?? 0, range };
    void attempt(async () => {
      await ask("/sandbox/sms-pumping", { count, range, requestType: type.value });
      say(`${plural(count, "code")} went to the range ${range}.`);
    });
  });

  store.onChange(() => {
    if (run === undefined) return;
    const { afterN, range } = run;
    const digits = range.replace(/[^\d+]/g, "");
    const received = store.hooks.filter(
      (hook) => hook.n > afterN && factsOf(hook).number.startsWith(digits),
    );
    const rows = [...tally(received)].map(([key, codes]) =>
      drawRow([...key.split("\n"), String(codes)]),
    );
    part(document, "pumping-table").hidden = false;
    part(document, "pumping-caption").textContent =
      `${plural(received.length, "code")} to ${range}…`;
    form.querySelector("tbody")?.replaceChildren(...rows);
  });
}

/** Codes by how they ended and what the guard said. */
function tally(hooks: readonly HookItem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const hook of hooks) {
    const reason = hook.event?.["guardReason"];
    const said =
      reason === undefined
        ? "nothing"
        : outcomeOf(hook) === "refused"
          ? reason
          : `would refuse: ${reason}`;
    const key = `${[outcomeOf(hook), hook.reason].filter(Boolean).join(", ")}\n${said}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function drawRow(cells: readonly string[]): HTMLElement {
  const row = document.createElement("tr");
  row.append(...cells.map((cell) => create("td", cell)));
  return row;
}
