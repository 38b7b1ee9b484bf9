import { computed } from "@preact/signals";
import { useState } from "preact/hooks";
import type { FaultItem } from "../shown-items.ts";
import { ask } from "./ask.ts";
import { faultEffects, faultOwners, faultState, meaningOf } from "./fault-words.ts";
import { faults } from "./store.ts";
import { attempt, say } from "./toast.ts";

const isOn = ({ on }: FaultItem): boolean => on !== undefined && on.timesLeft !== 0;
const on = computed(() => faults.items.value.filter(isOn));
/** Without `--azure`, no fault of Azure can be switched. */
const missing = computed(() =>
  faults.items.value.filter(({ unavailable }) => unavailable !== undefined),
);

async function switchOff(of: FaultItem["of"]): Promise<void> {
  await ask("/sandbox/fault", { of, fault: "none" });
  say(`${faultOwners[of]} works again.`);
}

/** Shows in the bar which faults are on. */
export function FaultBanner() {
  if (on.value.length === 0) return <div role="status" />;
  const words = on.value.map((fault) => `${faultOwners[fault.of]}: ${faultState(fault)}`);
  return (
    <div class="banner" role="status">
      <span>{words.join(" · ")}</span>
      <button
        type="button"
        onClick={() => attempt(() => Promise.all(on.value.map(({ of }) => switchOff(of))))}
      >
        Switch off
      </button>
    </div>
  );
}

export function Faults() {
  return (
    <section class="faults" aria-labelledby="faults-title">
      <h2 id="faults-title">Switch on a fault</h2>
      <p class="note">
        If <em>Times</em> is empty, a fault lasts until you switch it off.
      </p>
      {faults.items.value
        .filter((fault) => !missing.value.includes(fault))
        .map((fault) => (
          <FaultCard key={fault.of} fault={fault} />
        ))}
      {missing.value.length > 0 && (
        <div class="fault">
          <div>
            <h3>{missing.value.map(({ of }) => faultOwners[of]).join(", ")}</h3>
            <p class="note">{missing.value[0]?.unavailable}</p>
          </div>
        </div>
      )}
    </section>
  );
}

function FaultCard({ fault }: { readonly fault: FaultItem }) {
  const { of, known } = fault;
  const [chosen, setChosen] = useState(known[0] ?? "");
  const [times, setTimes] = useState("");
  const switchOn = async () => {
    const limit = times === "" ? {} : { times: Number(times) };
    await ask("/sandbox/fault", { of, fault: chosen, ...limit });
    say(`${faultOwners[of]} fails from now on: ${chosen}.`);
  };
  return (
    <form
      class={isOn(fault) ? "fault on" : "fault"}
      onSubmit={(event) => {
        event.preventDefault();
        attempt(switchOn);
      }}
    >
      <div>
        <h3>{faultOwners[of]}</h3>
        <p class="note">{faultEffects[of]}</p>
        <p class="state">{faultState(fault)}</p>
      </div>
      <label>
        Fault
        <select value={chosen} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
          {known.map((name) => (
            <option key={name} value={name}>
              {name}: {meaningOf(name)}
            </option>
          ))}
        </select>
      </label>
      <label>
        Times
        <input
          type="number"
          min="1"
          placeholder="no limit"
          value={times}
          onInput={({ currentTarget }) => setTimes(currentTarget.value)}
        />
      </label>
      {isOn(fault) ? (
        <button type="button" onClick={() => attempt(() => switchOff(of))}>
          Switch off
        </button>
      ) : (
        <button type="submit">Switch on</button>
      )}
    </form>
  );
}
