import { computed } from "@preact/signals";
import type { FaultItem } from "../protocol.ts";
import { ask } from "./ask.ts";
import { faults } from "./store.ts";
import { attempt } from "./toast.ts";
import { commandLine } from "../../../command-line.ts";

const owners: Readonly<Record<FaultItem["of"], readonly [name: string, effect: string]>> = {
  "8x8": ["8x8", "If 8x8 fails, the person gets a code only from Okta's own provider."],
  vault: [
    "Key Vault",
    "If Key Vault fails, the app sends codes with the secrets that it has read before.",
  ],
  identity: [
    "Managed identity",
    "If the managed identity fails, the effect is the same as when Key Vault fails.",
  ],
  tables: [
    "Table of codes",
    "If the table fails, the app sends codes, but does not match used codes to them.",
  ],
  ingestion: [
    "Application Insights",
    "If Application Insights fails, the app sends codes now and telemetry later.",
  ],
};

const on = computed(() => faults.value.filter((fault) => fault.on !== undefined));

const switchTo = (of: FaultItem["of"], fault: string) => ask("/sandbox/fault", { of, fault });

export function FaultBanner() {
  return (
    <div class="banner" role="status">
      {on.value.map((fault) => (
        <span key={fault.of}>
          {owners[fault.of][0]}: {fault.on}{" "}
          <button type="button" onClick={() => attempt(() => switchTo(fault.of, "none"))}>
            Switch off
          </button>
        </span>
      ))}
    </div>
  );
}

export function Faults() {
  return (
    <section class="view" aria-labelledby="faults-title">
      <h2 id="faults-title">Faults</h2>
      <p class="note">A fault lasts until you switch it off.</p>
      {faults.value.map(({ of, known, on: current = "none" }) => (
        <label class="fault" key={of}>
          <b>{owners[of][0]}</b>
          {owners[of][1]}
          <select
            value={current}
            onChange={({ currentTarget }) => attempt(() => switchTo(of, currentTarget.value))}
          >
            <option value="none">works</option>
            {known.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ))}
      {faults.value.length === 1 && (
        <p class="fault">
          Key Vault, the identity, the table and Application Insights can fail too if you start the
          app with: {commandLine("start", "--azure")}
        </p>
      )}
    </section>
  );
}
