import { faultKinds, type FaultItem } from "../protocol.ts";
import { ask } from "./ask.ts";
import { field, fillOptions, fromTemplate, part, write } from "./dom.ts";
import { faultEffects, faultOwners, faultState, meaningOf } from "./fault-words.ts";
import type { Store } from "./store.ts";
import { attempt, say } from "./toast.ts";

/** Draws a card for each service that can fail, and a banner while a fault is on. */
export function startFaults(store: Store): void {
  const cards = new Map<FaultItem["of"], (fault: FaultItem) => void>();
  const isOn = ({ on }: FaultItem) => on !== undefined && on.timesLeft !== 0;

  store.onChange(() => {
    // Wait until all faults have arrived, so that the cards are in the order of `faultKinds`.
    if (store.faults.length < faultKinds.length) return;
    for (const fault of store.faults) {
      const update = cards.get(fault.of) ?? addCard(fault);
      cards.set(fault.of, update);
      update(fault);
    }
    const on = store.faults.filter(isOn);
    part(document, "banner").hidden = on.length === 0;
    part(document, "banner-text").textContent = on
      .map((fault) => `${faultOwners[fault.of]}: ${faultState(fault)}`)
      .join(" · ");
  });

  part(document, "banner-off").addEventListener("click", () => {
    void attempt(() => Promise.all(store.faults.filter(isOn).map(({ of }) => switchOff(of))));
  });
}

function addCard({ of, known }: FaultItem): (fault: FaultItem) => void {
  const card = fromTemplate("fault");
  if (!(card instanceof HTMLFormElement)) throw new Error("A fault's card is a form.");
  const select = field(card, "fault", HTMLSelectElement);
  const times = field(card, "times", HTMLInputElement);
  write(card, "of", faultOwners[of]);
  write(card, "effect", faultEffects[of]);
  fillOptions(
    select,
    known.map((name) => [name, `${name}: ${meaningOf(name)}`]),
  );
  card.addEventListener("submit", (event) => {
    event.preventDefault();
    const { valueAsNumber } = times;
    const limit = Number.isNaN(valueAsNumber) ? {} : { times: valueAsNumber };
    void attempt(async () => {
      await ask("/sandbox/fault", { of, fault: select.value, ...limit });
      say(`${faultOwners[of]} fails from now on: ${select.value}.`);
    });
  });
  part(card, "off").addEventListener("click", () => void attempt(() => switchOff(of)));
  part(document, "fault-cards").append(card);

  return (fault) => {
    const on = fault.on !== undefined && fault.on.timesLeft !== 0;
    card.classList.toggle("on", on);
    card.classList.toggle("unavailable", fault.unavailable !== undefined);
    write(card, "state", fault.unavailable ?? faultState(fault));
  };
}

async function switchOff(of: FaultItem["of"]): Promise<void> {
  await ask("/sandbox/fault", { of, fault: "none" });
  say(`${faultOwners[of]} works again.`);
}
