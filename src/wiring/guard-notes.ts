import type { Clock } from "../timing/clock.ts";
import type { State } from "../settings/config.ts";

/** By then the secrets have been read, where they can be. */
const notedAfterMs = 60_000;

interface Guarded {
  readonly clock: Clock;
  readonly state: State;
  readonly phoneHashKey: () => string | undefined;
  readonly eventsAreOff: () => boolean;
  readonly note: (message: string) => void;
}

/** What is left of the guard without the table, the hash key or Okta's events. */
export function noteWhatIsMissing({ clock, state, phoneHashKey, eventsAreOff, note }: Guarded): {
  readonly start: () => void;
} {
  if (state.in === "nothing")
    note(
      "The guard counts the codes of this instance alone and knows of none that it was used: STATE_TABLE_URL is not set. Each limit holds on each instance.",
    );
  return {
    start() {
      clock.after(notedAfterMs, () => {
        if (eventsAreOff())
          note(
            "The guard hears of no code that it was used: there is no event secret. Limits of unfinished enrollments are off, and unplanned countries; the volume cap, the limits of a person and budgets hold.",
          );
        if (state.in === "table" && phoneHashKey() === undefined)
          note(
            "The guard counts people on each instance alone: the vault has no hash key. Ranges and countries are counted over all; unplanned countries are not judged.",
          );
      });
    },
  };
}
