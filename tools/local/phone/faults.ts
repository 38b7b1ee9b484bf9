import * as z from "zod";
import type { FakeAzure } from "../../sandbox/azure.ts";
import { parseFault, type Fault, type Sandbox8x8 } from "../../sandbox/8x8.ts";
import { hookAnswer, type Behaviour, type SecondHook } from "../../sandbox/second-hook.ts";
import type { FaultItem } from "./protocol.ts";
import { Refusal } from "./serve-own.ts";
import type { Store } from "./store.ts";
import { commandLine } from "../../command-line.ts";

const azureServices = ["vault", "identity", "tables", "ingestion"] as const;
type FaultParts = "fail" | "recover" | "fault";

interface Switchable {
  readonly of: FaultItem["of"];
  readonly known: FaultItem["known"];
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

interface Failing {
  readonly eightByEight: Pick<Sandbox8x8, FaultParts>;
  readonly azure?: Pick<FakeAzure, (typeof azureServices)[number]> | undefined;
  readonly secondHook: Pick<SecondHook, "behave">;
  readonly hasSecondHook: () => boolean;
}

/** The returned function throws a Refusal for an unknown fault. */
export function createFaults(
  store: Pick<Store, "showFaults">,
  { eightByEight, azure, secondHook, hasSecondHook }: Failing,
): (json: unknown) => void {
  const switches = [
    of8x8(eightByEight),
    ofSecondHook(secondHook),
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
    if (of === "second-hook" && fault.fault !== "none" && !hasSecondHook())
      throw new Refusal(409, "The second hook is off. Switch it on in the page's Settings.");
    if (found === undefined)
      throw new Refusal(
        400,
        `There are no faults of ${of}. To get the faults of Azure, run: ${commandLine("start", "--azure")}`,
      );
    if (fault.fault === "none") found.recover();
    else if (!found.fail(fault, times))
      throw new Refusal(
        400,
        `${of} has no such fault. The faults are: ${[...Object.keys(found.known), "none"].join(", ")}.`,
      );
  };
}

/** Each text continues a sentence that begins with `8x8`. */
const faultsOf8x8: Readonly<Record<Fault["fault"], string>> = {
  hang: "never answers",
  reset: "cuts the connection",
  401: "does not accept the API key (401)",
  500: "answers 500, and may have sent the code",
  503: "answers 503, and has not sent the code",
  garbage: "answers with half of its JSON",
  "no-credit": "accepts an SMS, then reports that the account has no credit",
  slow: "answers late",
  429: "says that there are too many requests (429)",
  302: "redirects to another address (302)",
  rejected: "rejects the code with HTTP 200",
  "not-created": "rejects the code with HTTP 422",
};

function of8x8({ fail, recover, fault }: Pick<Sandbox8x8, FaultParts>): Switchable {
  return {
    of: "8x8",
    known: faultsOf8x8,
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

const secondHookFaults: Readonly<Record<string, readonly [string, Behaviour]>> = {
  hang: ["never answers", { instead: "hang" }],
  reset: ["cuts the connection", { instead: "reset" }],
  500: ["answers 500", { status: 500 }],
  401: ["does not accept its secret (401)", { status: 401 }],
  failed: ["answers FAILED", { body: hookAnswer("FAILED") }],
  pending: ["answers PENDING, and sends nothing", { body: hookAnswer("PENDING") }],
};

function ofSecondHook({ behave }: Pick<SecondHook, "behave">): Switchable {
  const of = "second-hook";
  let on: string | undefined;
  let changed = (): void => undefined;
  const set = (name: string | undefined): void => {
    on = name;
    behave(name === undefined ? undefined : secondHookFaults[name]?.[1]);
    changed();
  };
  return {
    of,
    known: Object.fromEntries(
      Object.entries(secondHookFaults).map(([name, [words]]) => [name, words]),
    ),
    current: () => on,
    onChange(listener) {
      changed = listener;
    },
    fail({ fault }, times) {
      const name = String(fault);
      if (times !== Infinity)
        throw new Refusal(400, `A fault of ${of} lasts until you switch it off. Leave out times.`);
      if (!Object.hasOwn(secondHookFaults, name)) return false;
      set(name);
      return true;
    },
    recover() {
      set(undefined);
    },
  };
}

const azureFaults = {
  down: ["cannot be reached", "down"],
  hang: ["never answers", "hang"],
  error: ["answers 500", "error"],
  denied: ["does not grant access", "denied"],
  slow: ["answers after 2 s", { slowMs: 2_000 }],
} as const;

function ofAzure(
  of: FaultItem["of"],
  { fail, recover, fault }: Pick<FakeAzure["vault"], FaultParts>,
): Switchable {
  return {
    of,
    known: Object.fromEntries(Object.entries(azureFaults).map(([name, [words]]) => [name, words])),
    current() {
      const on = fault.current()?.fault;
      return typeof on === "object" ? "slow" : on;
    },
    onChange: fault.onChange,
    fail(wished, times) {
      const found = Object.entries(azureFaults).find(([name]) => name === wished["fault"]);
      if (found !== undefined) fail(found[1][1], times);
      return found !== undefined;
    },
    recover,
  };
}
