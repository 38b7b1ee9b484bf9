import { computed } from "@preact/signals";
import type { FaultItem } from "../protocol.ts";
import { ask } from "./ask.ts";
import { app, faults } from "./store.ts";
import { attempt, say } from "./toast.ts";
import { plain } from "./words.ts";
import { commandLine } from "../../../command-line.ts";

const owners: Readonly<Record<FaultItem["of"], readonly [name: string, effect: string]>> = {
  "8x8": ["8x8", "If 8x8 fails, the person gets a code only from Okta's own provider."],
  "second-hook": [
    "The second hook",
    "If the second hook fails too, the person gets a code only from Okta's own provider.",
  ],
  vault: [
    "Key Vault",
    "If Key Vault fails, the app sends codes with the secrets that it has read before.",
  ],
  identity: [
    "The managed identity",
    "If the managed identity fails, the effect is the same as when Key Vault fails.",
  ],
  tables: [
    "The table of codes",
    "If the table fails, the app sends codes. It matches a used code only if it still holds the code in memory.",
  ],
  ingestion: [
    "Application Insights",
    "If Application Insights fails, the app sends codes now and telemetry later.",
  ],
};

const hasSecondHook = computed(() => app.value?.secondHook ?? false);
const shown = computed(() =>
  faults.value.filter(({ of }) => of !== "second-hook" || hasSecondHook.value),
);
const on = computed(() => shown.value.filter((fault) => fault.on !== undefined));

const switchTo = (of: FaultItem["of"], fault: string) => ask("/sandbox/fault", { of, fault });

const switchOff = () => attempt(() => Promise.all(on.value.map(({ of }) => switchTo(of, "none"))));

function effectOf(of: FaultItem["of"]): string {
  return of === "8x8" && hasSecondHook.value
    ? "If 8x8 fails, the second hook sends the code."
    : owners[of][1];
}

export function FaultBanner() {
  const [first] = on.value;
  if (first === undefined) return <div class="banner" role="status" />;
  return (
    <div class="banner" role="status">
      {on.value.length === 1 ? (
        <span>{`${owners[first.of][0]} ${first.known[first.on ?? ""]}`}</span>
      ) : (
        <a href="#faults">{on.value.length} faults are on</a>
      )}{" "}
      <button type="button" onClick={switchOff}>
        Switch off
      </button>
    </div>
  );
}

function Receipts() {
  const choose = (receipt: string) =>
    attempt(async () => {
      await ask("/sandbox/receipt", { receipt });
      say(`From now on, 8x8's receipts report: ${receipt}.`);
    });
  return (
    <div class="fault">
      <h3>Receipts</h3>
      <p class="note">Choose what 8x8's receipts report from now on.</p>
      <p class="acts">
        {app.value?.fates.map((fate) => (
          <button key={fate} type="button" onClick={() => choose(fate)}>
            {plain(fate)}
          </button>
        ))}
      </p>
    </div>
  );
}

export function Faults() {
  return (
    <section class="view" aria-labelledby="faults-title">
      <h2 id="faults-title">Faults</h2>
      <p class="note">A fault lasts until you switch it off.</p>
      {shown.value.map(({ of, known, on: current = "none" }) => (
        <label class="fault" key={of}>
          <b>{owners[of][0]}</b>
          {effectOf(of)}
          <select
            value={current}
            onChange={({ currentTarget }) => attempt(() => switchTo(of, currentTarget.value))}
          >
            <option value="none">works</option>
            {Object.entries(known).map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        </label>
      ))}
      <Receipts />
      {!shown.value.some(({ of }) => of === "vault") && (
        <p class="fault">
          Key Vault, the identity, the table and Application Insights can fail too if you start the
          app with: {commandLine("start", "--azure")}
        </p>
      )}
    </section>
  );
}
