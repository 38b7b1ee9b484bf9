import { computed, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { OfferedOutcome, OutcomesAnswer } from "../protocol.ts";
import { ask } from "./ask.ts";
import { attempt } from "./toast.ts";

const groups = signal<OutcomesAnswer["groups"]>([]);
const words = signal("");
const found = computed(() => {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const isFound = ({ name, says, outcome }: OfferedOutcome) =>
    wanted.every((word) => `${name} ${says} ${outcome}`.toLowerCase().includes(word));
  return groups.value
    .map(({ title, outcomes }) => ({ title, outcomes: outcomes.filter(isFound) }))
    .filter(({ outcomes }) => outcomes.length > 0);
});

async function load(): Promise<void> {
  groups.value = ((await ask("/sandbox/outcomes")) as OutcomesAnswer).groups;
}

/** A button for each outcome, in groups. */
export function Outcomes({ onTry }: { readonly onTry: (outcome: OfferedOutcome) => void }) {
  // The groups say which settings the app lacks, so they are loaded each time the view opens.
  useEffect(() => {
    attempt(load);
  }, []);
  return (
    <div>
      <div class="outcomes-head">
        <h2>Or try an outcome</h2>
        <label>
          <span class="unseen">Filter the outcomes</span>
          <input
            type="search"
            placeholder="Filter: key, 429, receipt"
            autocomplete="off"
            value={words}
            onInput={({ currentTarget }) => (words.value = currentTarget.value)}
          />
        </label>
      </div>
      <div class="outcomes">
        {found.value.map(({ title, outcomes }) => (
          <div class="group" key={title}>
            <h3>{title}</h3>
            <p class="acts">
              {outcomes.map((outcome) => (
                <button
                  key={outcome.id}
                  type="button"
                  class={outcome.missing === "" ? undefined : "needs"}
                  title={outcome.missing === "" ? outcome.says : `Needs ${outcome.missing}`}
                  onClick={() => onTry(outcome)}
                >
                  {outcome.name}
                </button>
              ))}
            </p>
          </div>
        ))}
        {groups.value.length > 0 && found.value.length === 0 && (
          <p class="note">No outcome has all these words.</p>
        )}
      </div>
    </div>
  );
}
