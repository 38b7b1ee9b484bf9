import { rowsOf } from "../documents/markdown.ts";
import { createCompany, day, hour, limitsFor, minute } from "./company.ts";
import type { Code, World } from "./company.ts";

type Company = ReturnType<typeof createCompany>;
type Happens = (company: Company) => void;

/** This suite computes the tables of these documents. */
const pages = ["docs/guard.md", "docs/maintainers/guard-simulation.md"];

const [seeds, sizes] = [[1, 2, 3, 4, 5], [200, 1_000, 5_000] as const];

interface Attack {
  readonly accounts: number;
  /** Number of codes that each account requests of each kind. */
  readonly each: number;
  readonly kinds?: readonly Code["kind"][];
  readonly from?: number;
  readonly hours?: number;
  readonly call?: boolean;
  readonly typesIn?: boolean;
  /** How many numbers the accounts share. Otherwise, each enrollment is for a new number. */
  readonly numbers?: number;
  readonly country?: (company: Company, nth: number) => string | undefined;
}

/** The accounts ask in turn. Attackers know the limits, and begin when a new day begins. */
function attack({ accounts, each, from = 5 * minute, hours = 1, ...given }: Attack): Happens {
  const { kinds = ["sign-in"], call = false, country = () => "GB" } = given;
  return (company) => {
    const { plan, request, newNumber, hire } = company;
    const own = Array.from({ length: accounts }, (_, nth) => hire(country(company, nth)));
    const shared = Array.from({ length: given.numbers ?? 0 }, () => newNumber("GB"));
    for (let nth = 0; nth < accounts * each; nth++)
      plan(from + (nth / (accounts * each)) * hours * hour, () => {
        for (const account of own.slice(nth % accounts, (nth % accounts) + 1))
          for (const kind of kinds) {
            const other = shared[nth % shared.length] ?? newNumber(country(company, nth));
            const number = kind === "enrollment" ? other : account.number;
            const use = request({ person: { ...account, number, call }, kind, by: "attacker" });
            if (given.typesIn) use?.();
          }
      });
  };
}

const merger = (newcomers: number): Happens => {
  return ({ plan, ask, hire, random }) => {
    for (let nth = 0; nth < newcomers; nth++)
      plan((8 + random() * 8) * hour, () => {
        ask(hire("GB"), "enrollment");
      });
  };
};

/** At a front desk, a user signs in 30 times. Ten colleagues enroll the same phone, and sign in. */
const sharedPhone: Happens = ({ plan, ask, hire, random }) => {
  const desk = { ...hire("GB"), call: false };
  const planAsk = (person: typeof desk, kind: Code["kind"], from: number, hours: number): void => {
    plan((from + hours * random()) * hour, () => {
      ask(person, kind);
    });
  };
  for (let nth = 0; nth < 30; nth++) planAsk(desk, "sign-in", 7, 12);
  for (let nth = 0; nth < 10; nth++) {
    const colleague = { ...hire("GB"), number: desk.number };
    planAsk(colleague, "enrollment", 8, 1);
    planAsk(colleague, "sign-in", 10, 8);
  }
};

/** Stolen accounts type in a code, wait until Okta's events look dead, and ask again. */
const night: Happens = (company) => {
  const accounts = 33;
  const saturday = 5 * day;
  const typed = { each: 1, from: saturday + hour, hours: 0.1, typesIn: true };
  const asked = { each: 40, from: saturday + 1.2 * hour, hours: 6 };
  for (const one of [typed, asked]) attack({ accounts, country, ...one })(company);
};

const is = (kind: Code["kind"]) => (code: Code) => code.kind === kind;
const isAfterOutage = ({ at }: Code) => at >= 12 * hour && at < 15 * hour;
const inGB = ({ person }: Code) => person.number.country === "GB";
const country = (company: Company) => company.smallest;

const [gb, small, two] = [{ within: "GB" }, { within: "the smallest country" }, { instances: 2 }];
const kinds = ["enrollment", "sign-in", "recovery"] as const;
const enroll = (more: Omit<Attack, "kinds">) => attack({ kinds: ["enrollment"], ...more });
const reset = (more: Omit<Attack, "kinds">) => attack({ kinds: ["recovery"], ...more });
const newcomers = (accounts: number) =>
  [5 * minute, 12 * hour].map((from) => enroll({ accounts, each: 20, from }));
const resets = (accounts: number) =>
  [false, true].map((call) => reset({ accounts, each: 10, call }));
const stolen = attack({ accounts: 500, each: 60, from: 0, hours: 72 });
const silences = [undefined, 1, 2, 3].flatMap((comebacks) => [
  { outage: "silent", comebacks },
  { outage: "silent", comebacks, ...two },
  { outage: "rescued", comebacks },
]);
const mergers = [merger(3_000), merger(20_000)];

/** `sent` counts the attacker's sent codes. A function measures the share of FAILED. */
type Row = readonly [
  of: ((code: Code) => boolean) | "sent",
  happens: readonly Happens[],
  worlds?: readonly object[],
];
const nothing: readonly Happens[] = [() => undefined];
const lost = (comebacks: number, more = {}) => [{ outage: "lost", comebacks, ...more }];
const weeks = [0, 10 * minute, 2 * hour, Infinity].map((lateMs) => ({ lateMs, days: 7 }));

const rows: Readonly<Record<string, Row>> = {
  "usual weeks, events on time, late, dead": [() => true, [sharedPhone], weeks],
  "8x8 silent, return 0 to 3 times": [isAfterOutage, nothing, silences],
  "8x8 loses codes, return once": [isAfterOutage, nothing, lost(1)],
  "8x8 loses codes, return twice": [isAfterOutage, nothing, lost(2)],
  "the same, in one country": [
    (code) => isAfterOutage(code) && inGB(code),
    nothing,
    lost(2, { outageIn: "GB" }),
  ],
  "3,000 or 20,000 newcomers": [is("enrollment"), mergers, [gb]],
  "3,000, events ten minutes late": [
    is("enrollment"),
    [merger(3_000)],
    [{ ...gb, lateMs: 10 * minute }],
  ],
  "3,000, events dead": [is("enrollment"), [merger(3_000)], [{ ...gb, lateMs: Infinity }]],
  "newcomers, 30 attacking accounts": [is("enrollment"), newcomers(30), [gb]],
  "resets, 40 user names": [is("recovery"), resets(40), [gb]],
  "sign-ins, 26 accounts that type in": [
    is("sign-in"),
    [attack({ accounts: 26, each: 40, typesIn: true })],
    [gb],
  ],
  "small country, 8 to 30 accounts": [
    () => true,
    [
      attack({ accounts: 12, each: 40, country }),
      attack({ accounts: 30, each: 40, country, typesIn: true }),
      attack({ accounts: 8, each: 15, country, call: true }),
    ],
    [small],
  ],
  "calls, 20 accounts": [
    ({ person }) => person.call,
    [attack({ accounts: 20, each: 15, call: true })],
    [gb],
  ],
  "sign-ins, 500 stolen accounts": [is("sign-in"), [stolen], [{ days: 3 }]],
  "small country, 33 accounts at night": [
    ({ at }) => at >= 5.3 * day && at < 6 * day,
    [night],
    [{ ...small, days: 7 }],
  ],
  "shared numbers, one instance": [
    "sent",
    [3, 6].map((each) => enroll({ accounts: 400, each, numbers: 60 })),
  ],
  "500 enrollments an hour": [
    "sent",
    [enroll({ accounts: 700, each: 3, from: 10 * hour, hours: 4 })],
    [two],
  ],
  "enrollments that 700 accounts finish": [
    "sent",
    [enroll({ accounts: 700, each: 14, typesIn: true, hours: 23 })],
    [two],
  ],
  "resets of 2,000 users, one instance": ["sent", [reset({ accounts: 2_000, each: 5, hours: 15 })]],
  "60 countries without an entry": [
    "sent",
    [attack({ accounts: 300, each: 17, kinds, hours: 23, country: (_, nth) => `X${nth % 60}` })],
    [two],
  ],
  "all kinds, 2,000 accounts, one country": [
    "sent",
    [attack({ accounts: 2_000, each: 10, kinds, hours: 23 })],
    [two],
  ],
  "500 stolen accounts, three days": ["sent", [stolen], [{ ...two, days: 3 }]],
};

const limits = new Map(
  sizes.map((size) => [size, seeds.map((seed) => [seed, limitsFor(size, seed)] as const)]),
);
let silenced = 0;

function worstOf([of, happens, worlds = [{}]]: Row, size: number): string {
  let worst = 0;
  for (const [seed, numbers] of limits.get(size as 200) ?? [])
    for (const world of worlds as readonly Partial<World>[])
      for (const happen of happens) {
        const given = { codesPerDay: size, seed: 50 + seed, limits: numbers };
        const company = createCompany({ ...given, ...world });
        happen(company);
        const codes = Map.groupBy(company.run(), ({ by }) => by);
        const people = codes.get("person") ?? [];
        silenced += people.filter(({ fate }) => fate === "silenced").length;
        const counted = of === "sent" ? (codes.get("attacker") ?? []) : people.filter(of);
        const share = of === "sent" ? 1 : 100 / Math.max(1, counted.length);
        const fate = of === "sent" ? of : "FAILED";
        worst = Math.max(worst, share * counted.filter((code) => code.fate === fate).length);
      }
  return of === "sent" ? worst.toLocaleString("en") : String(Number(worst.toPrecision(2)));
}

test.each(Object.entries(rows))(
  "the documents have the computed figures in the row '%s'",
  (says, row) => {
    const written = pages.flatMap(rowsOf).find(([name]) => name === says);
    expect(sizes.map((size) => worstOf(row, size))).toEqual(written?.slice(1, 4));
  },
  600_000,
);

test("in the simulation, the hook never answers SUCCESSFUL for a person's code that it does not send", () => {
  expect(silenced).toBe(0);
});
