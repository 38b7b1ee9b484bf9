import type { GuardReason } from "../../../src/rules/reasons.ts";

/**
 * `failed`: the app answers FAILED, so Okta's own provider sends the code if the org has one.
 * `silenced`: the app answers SUCCESSFUL, and no one sends the code.
 */
export type Fate = "sent" | "failed" | "silenced";
export type Codes = Record<Fate, number>;

/** Groups of real people. `victim` is one person who is attacked. */
export const people = ["sign-ins", "recoveries", "newcomers", "roll-out", "victim"] as const;
/** `attacker`: codes that an attacker wants. `bait`: codes to the attacker's own numbers. */
export type Group = (typeof people)[number] | "attacker" | "bait";

/** Selects codes. Default: the codes of all real people. */
export interface Of {
  readonly groups?: readonly Group[];
  readonly country?: string;
  readonly call?: boolean;
}

export interface Party {
  readonly group: Group;
  readonly country: string;
  readonly call: boolean;
}

export interface Sum {
  readonly codes: Codes;
  readonly asked: number;
  /** Share of FAILED codes, from 0 to 1. */
  readonly failedShare: number;
  readonly people: number;
  readonly peopleFailed: number;
  readonly peopleSilenced: number;
  readonly onlySilenced: number;
  /** People who gave up without a code after a refusal. */
  readonly withNothing: number;
  readonly reasons: ReadonlyMap<GuardReason, number>;
}

interface Cell extends Party {
  readonly codes: Codes;
  readonly persons: Map<string, Codes>;
  readonly reasons: Map<GuardReason, number>;
  readonly withNothing: Set<string>;
}

export type Tally = ReturnType<typeof createTally>;

export function createTally() {
  const cells = new Map<string, Cell>();

  function cellOf(party: Party): Cell {
    const name = [party.group, party.country, party.call].join(" ");
    const found = cells.get(name);
    if (found !== undefined) return found;
    const created = {
      ...party,
      codes: noCodes(),
      persons: new Map<string, Codes>(),
      reasons: new Map<GuardReason, number>(),
      withNothing: new Set<string>(),
    };
    cells.set(name, created);
    return created;
  }

  return {
    count(party: Party, person: string, fate: Fate, reason: GuardReason | undefined): void {
      const { codes, persons, reasons } = cellOf(party);
      const own = persons.get(person) ?? noCodes();
      persons.set(person, own);
      own[fate] += 1;
      codes[fate] += 1;
      if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    },
    receivedNothing(party: Party, person: string): void {
      cellOf(party).withNothing.add(person);
    },
    sum({ groups = people, country, call }: Of = {}): Sum {
      const some = [...cells.values()].filter(
        (cell) =>
          groups.includes(cell.group) &&
          (country === undefined || cell.country === country) &&
          (call === undefined || cell.call === call),
      );
      const persons = some.flatMap((cell) => [...cell.persons.values()]);
      const count = (is: (codes: Codes) => boolean) => persons.filter(is).length;
      const codes = noCodes();
      const reasons = new Map<GuardReason, number>();
      for (const cell of some) {
        for (const fate of ["sent", "failed", "silenced"] as const) codes[fate] += cell.codes[fate];
        for (const [reason, times] of cell.reasons)
          reasons.set(reason, (reasons.get(reason) ?? 0) + times);
      }
      const asked = codes.sent + codes.failed + codes.silenced;
      return {
        codes,
        asked,
        failedShare: asked === 0 ? 0 : codes.failed / asked,
        people: persons.length,
        peopleFailed: count(({ failed }) => failed > 0),
        peopleSilenced: count(({ silenced }) => silenced > 0),
        onlySilenced: count(({ sent, failed }) => sent + failed === 0),
        withNothing: some.reduce((total, { withNothing }) => total + withNothing.size, 0),
        reasons,
      };
    },
  };
}

function noCodes(): Codes {
  return { sent: 0, failed: 0, silenced: 0 };
}
