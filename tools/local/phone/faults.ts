import * as z from "zod";
import type { FakeAzure } from "../../sandbox/azure.ts";
import { knownFaults, parseFault, type Sandbox8x8 } from "../../sandbox/8x8.ts";
import type { FaultItem } from "./protocol.ts";
import { Refusal } from "./serve-own.ts";
import type { Store } from "./store.ts";
import { commandLine } from "../../command-line.ts";

const azureServices = ["vault", "identity", "tables", "ingestion"] as const;
type FaultParts = "fail" | "recover" | "fault";

interface Switchable {
  readonly of: FaultItem["of"];
  readonly known: readonly string[];
  readonly current: () => string | undefined;
  readonly onChange: (listener: () => void) => void;
  /** Returns false for an unknown fault. */
  fail(wish: Record<string, unknown>, times: number): boolean;
  recover(): void;
}

const wish = z.looseObject({
  of: z.string().default("8x8"),
  fault: z.union([z.string(), z.number()]).transform(String),
  times: z.number().min(1).default(Infinity),
});

/** The returned function throws a Refusal for an unknown fault. */
export function createFaults(
  store: Pick<Store, "showFaults">,
  eightByEight: Pick<Sandbox8x8, FaultParts>,
  azure: Pick<FakeAzure, (typeof azureServices)[number]> | undefined,
): (json: unknown) => void {
  const switches = [
    of8x8(eightByEight),
    ...(azure ? azureServices.map((of) => ofAzure(of, azure[of])) : []),
  ];
  const show = (): void => {
    store.showFaults(switches.map(({ of, known, current }) => ({ of, known, on: current() })));
  };
  for (const { onChange } of switches) onChange(show);
  show();
  return (json) => {
    const { of, times, ...fault } = wish.parse(json);
    const found = switches.find((one) => one.of === of);
    if (found === undefined)
      throw new Refusal(
        400,
        `There are no faults of ${of}. To get the faults of Azure, run: ${commandLine("start", "--azure")}`,
      );
    if (fault.fault === "none") found.recover();
    else if (!found.fail(fault, times))
      throw new Refusal(
        400,
        `${of} has no such fault. The faults are: ${[...found.known, "none"].join(", ")}.`,
      );
  };
}

function of8x8({ fail, recover, fault }: Pick<Sandbox8x8, FaultParts>): Switchable {
  return {
    of: "8x8",
    known: knownFaults,
    current: () => fault.current()?.fault.fault.fault,
    onChange: fault.onChange,
    fail(wished, times) {
      const parsed = parseFault(wished);
      if (parsed !== undefined) fail("any", parsed, times);
      return parsed !== undefined;
    },
    recover,
  };
}

const azureFaults = {
  down: "down",
  hang: "hang",
  error: "error",
  denied: "denied",
  slow: { slowMs: 2_000 },
} as const;

function ofAzure(
  of: FaultItem["of"],
  { fail, recover, fault }: Pick<FakeAzure["vault"], FaultParts>,
): Switchable {
  return {
    of,
    known: Object.keys(azureFaults),
    current() {
      const on = fault.current()?.fault;
      return typeof on === "object" ? "slow" : on;
    },
    onChange: fault.onChange,
    fail(wished, times) {
      const found = Object.entries(azureFaults).find(([name]) => name === wished["fault"]);
      if (found !== undefined) fail(found[1], times);
      return found !== undefined;
    },
    recover,
  };
}
