import * as z from "zod";
import type { FakeAzure } from "../../sandbox/azure.ts";
import type { Fault as AzureFault } from "../../sandbox/azure/stand-in.ts";
import { knownFaults, parseFault, type Sandbox8x8 } from "../../sandbox/8x8.ts";
import type { Items } from "./items.ts";
import { faultKinds, type FaultItem } from "./shown-items.ts";

type Kind = FaultItem["of"];
type FaultParts = "fail" | "recover" | "fault";

/** A stand-in whose fault can be switched. */
interface Switchable {
  readonly known: readonly string[];
  current(): FaultItem["on"];
  onChange(listener: () => void): void;
  /** Returns false for an unknown fault. */
  fail(wish: Record<string, unknown>, times: number): boolean;
  recover(): void;
}

const wish = z.looseObject({
  of: z.enum(faultKinds).default("8x8"),
  fault: z.union([z.string(), z.number()]).transform(String),
  times: z.number().min(1).default(Infinity),
});

const withoutAzure = "The app runs without Azure here. Start it with: npm start -- --azure";

export interface Faults {
  /** Returns what is wrong with the wish, or undefined. */
  switchFault(wish: unknown): string | undefined;
}

/** Lists the faults of each service that the app calls as items. */
export function createFaults(
  items: Items,
  eightByEight: Pick<Sandbox8x8, FaultParts>,
  azure: Pick<FakeAzure, "vault" | "identity" | "tables" | "ingestion"> | undefined,
): Faults {
  const switches: Partial<Record<Kind, Switchable>> = {
    "8x8": of8x8(eightByEight),
    ...(azure && {
      vault: ofAzure(azure.vault),
      identity: ofAzure(azure.identity),
      table: ofAzure(azure.tables),
      ingestion: ofAzure(azure.ingestion),
    }),
  };
  for (const of of faultKinds) {
    const at = new Date().toISOString();
    const show = (): void => {
      const found = switches[of];
      const on = found?.current();
      const known = found?.known ?? [];
      const rest = found === undefined ? { unavailable: withoutAzure } : on && { on };
      items.put("fault", { n: faultKinds.indexOf(of) + 1, at, of, known, ...rest });
    };
    show();
    switches[of]?.onChange(show);
  }
  return {
    switchFault(json) {
      const parsed = wish.safeParse(json);
      if (!parsed.success)
        return `A fault is {"of": one of ${faultKinds.join(", ")}, "fault": a name, "times": 1 or more}.`;
      const { of, times, ...fault } = parsed.data;
      const found = switches[of];
      if (found === undefined) return withoutAzure;
      if (fault.fault === "none") found.recover();
      else if (!found.fail(fault, times))
        return `${of} has no fault of that name. The faults are: ${[...found.known, "none"].join(", ")}.`;
      return undefined;
    },
  };
}

function of8x8({ fail, recover, fault }: Pick<Sandbox8x8, FaultParts>): Switchable {
  return {
    known: knownFaults,
    current: () => faultShown(fault.current(), ({ fault: { fault: name } }) => name),
    onChange: fault.onChange,
    fail(wished, times) {
      const parsed = parseFault(wished);
      if (parsed !== undefined) fail("any", parsed, times);
      return parsed !== undefined;
    },
    recover,
  };
}

const slowFault = z
  .strictObject({ ms: z.int().min(1).default(2_000) })
  .transform(({ ms }) => ({ slowMs: ms }));
const plainFaults = ["down", "hang", "error", "denied"] as const;

function ofAzure({ fail, recover, fault }: Pick<FakeAzure["vault"], FaultParts>): Switchable {
  return {
    known: [...plainFaults, "slow"],
    current: () => faultShown(fault.current(), (on) => (typeof on === "string" ? on : "slow")),
    onChange: fault.onChange,
    fail({ fault: name, ...rest }, times) {
      const slow = name === "slow" ? slowFault.safeParse(rest).data : undefined;
      const plain =
        Object.keys(rest).length === 0 ? plainFaults.find((known) => known === name) : undefined;
      const parsed: AzureFault | undefined = slow ?? plain;
      if (parsed === undefined) return false;
      fail(parsed, times);
      return true;
    },
    recover,
  };
}

function faultShown<Fault>(
  on: { readonly fault: Fault; readonly timesLeft: number } | undefined,
  nameOf: (fault: Fault) => string,
): FaultItem["on"] {
  if (on === undefined) return undefined;
  return { fault: nameOf(on.fault), ...(on.timesLeft !== Infinity && { timesLeft: on.timesLeft }) };
}
