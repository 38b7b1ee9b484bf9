import type { HookItem } from "../protocol.ts";
import { ask } from "./ask.ts";
import { drawChart, type Asker } from "./chart.ts";
import { create, field, fillOptions, part } from "./dom.ts";
import { currentRoute } from "./route.ts";
import { requestTypes } from "./send-form.ts";
import type { Store } from "./store.ts";
import { attempt, say } from "./toast.ts";
import { happened, plural, recordedWords } from "./words.ts";

/** Time in ms. An attack has ended if no code went to the range for this long. */
const pauseMs = 20_000;

/** Simulates toll fraud. The chart and the table grow as requests are answered. */
export function startSmsPumping(store: Store): () => void {
  const form = part(document, "pumping-form", HTMLFormElement);
  const range = field(form, "range", HTMLInputElement);
  const type = field(form, "requestType", HTMLSelectElement);
  const count = (name: string) => field(form, name, HTMLInputElement).valueAsNumber || 0;
  fillOptions(type, requestTypes);
  type.value = "com.okta.user.telephony.pre-enrollment";

  const askerOf = ({ number = "" }: HookItem): Asker =>
    number.startsWith(range.value.trim()) ? "attacker" : "people";

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(async () => {
      const wish = { count: count("count"), people: count("people"), range: range.value.trim() };
      await ask("/sandbox/sms-pumping", { ...wish, requestType: type.value });
      say(`${plural(wish.count, "code")} went to the range ${wish.range}.`);
    });
  });

  function show(): void {
    if (currentRoute().view !== "pumping") return;
    const run = lastRun(store.hooks, (hook) => askerOf(hook) === "attacker");
    part(document, "pumping-chart").replaceChildren(...drawChart(run, askerOf));
    const rows = [...tally(run, askerOf)].map(([words, { people, attacker }]) => {
      const row = document.createElement("tr");
      row.append(...[words, people, attacker].map((cell) => create("td", `${cell}`)));
      return row;
    });
    part(document, "pumping-result").hidden = rows.length === 0;
    part(document, "pumping-empty").hidden = rows.length > 0;
    part(document, "pumping-rows").replaceChildren(...rows);
  }

  range.addEventListener("input", show);
  store.onChange(show);
  return show;
}

/** Returns all requests from the start of the newest attack until `pauseMs` after its end. */
function lastRun(
  hooks: readonly HookItem[],
  isAttacker: (hook: HookItem) => boolean,
): readonly HookItem[] {
  const attack = hooks.filter(isAttacker);
  const timeOfHook = (hook: HookItem | undefined) => Date.parse(hook?.at ?? "");
  const first = attack.findLast(
    (hook, place) => !(timeOfHook(hook) - timeOfHook(attack[place - 1]) < pauseMs),
  );
  const end = timeOfHook(attack.at(-1)) + pauseMs;
  return first === undefined
    ? []
    : hooks.filter((hook) => hook.n >= first.n && timeOfHook(hook) < end);
}

/** Counts codes by outcome, and by the reason of a recorded refusal. */
function tally(
  hooks: readonly HookItem[],
  askerOf: (hook: HookItem) => Asker,
): Map<string, Record<Asker, number>> {
  const rows = new Map<string, Record<Asker, number>>();
  for (const hook of hooks) {
    const words = [happened(hook, undefined).says, recordedWords(hook)].filter(Boolean).join(". ");
    const row = rows.get(words) ?? { people: 0, attacker: 0 };
    row[askerOf(hook)]++;
    rows.set(words, row);
  }
  return rows;
}
