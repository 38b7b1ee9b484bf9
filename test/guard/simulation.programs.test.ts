// This suite computes the tables of docs/guard.md.
import { rowsOf } from "../documents/markdown.ts";
import {
  createCompany,
  hour,
  limitsFor,
  minute,
  second,
  type Code,
  type World,
} from "./company.ts";

type Company = ReturnType<typeof createCompany>;
type Happens = (company: Company) => void;

const [seeds, sizes] = [[1, 2, 3, 4, 5], [200, 1_000, 5_000] as const];

interface Flood {
  readonly kinds?: readonly Code["kind"][];
  /** Number of codes of each kind. */
  readonly codes: number;
  readonly accounts: number;
  readonly from?: number;
  readonly hours?: number;
  readonly call?: boolean;
  readonly typesIn?: boolean;
  readonly country?: (company: Company, nth: number) => string | undefined;
}

/** Each enrollment is for a new number. Other codes are for the number of the account. */
function flood({ codes, accounts, from = 0, hours = 24, call = false, ...given }: Flood): Happens {
  const { kinds = ["enrollment"], country = () => "GB" } = given;
  return (company) => {
    const { plan, request, newNumber, random } = company;
    const own = Array.from({ length: accounts }, (_, nth) => newNumber(country(company, nth)));
    for (let nth = 0; nth < codes; nth++)
      plan(from + (nth / codes) * hours * hour, () => {
        for (const kind of kinds) {
          const account = Math.floor(random() * accounts);
          const number =
            (kind !== "enrollment" && own[account]) || newNumber(country(company, nth));
          const person = { userId: `account ${String(account)}`, number, call };
          const use = request({ person, kind, by: "attacker" });
          if (given.typesIn) use?.();
        }
      });
  };
}

const merger: Happens = ({ plan, ask, hire, random }) => {
  for (let nth = 0; nth < 3_000; nth++)
    plan((8 + random() * 8) * hour, () => {
      ask(hire("GB"), "enrollment");
    });
};

/** From nine o'clock on, an attacker resets the password of each user in turn. */
const resets = (users: number, everyMs: number, call: boolean): Happens => {
  return ({ plan, request, hire }) => {
    const known = Array.from({ length: users }, () => ({ ...hire("GB"), call }));
    for (let nth = 0; nth < (15 * hour) / everyMs; nth++)
      plan(9 * hour + nth * everyMs, () => {
        for (const person of known.slice(nth % users, (nth % users) + 1))
          request({ person, kind: "recovery", by: "attacker" });
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

const noonAndMidnight = [5 * minute, 12 * hour];
const fewAccounts = (more: Partial<Flood>): Happens[] =>
  [3, 15].flatMap((accounts) =>
    noonAndMidnight.map((from) => {
      const country = ({ smallest }: Company) => smallest;
      return flood({ codes: 80 * accounts, accounts, from, hours: 1, country, ...more });
    }),
  );

interface Row {
  /** With "sent", counts the attacker's sent codes. Otherwise, measures the share of FAILED. */
  readonly of: ((code: Code) => boolean) | "sent";
  readonly happens?: readonly Happens[];
  readonly worlds?: readonly Partial<World>[];
}

const afterOutage = ({ at }: Code) => at >= 12 * hour && at < 15 * hour;
const newcomers = ({ kind }: Code) => kind === "enrollment";
const [within, two] = [[{ within: "GB" }] as const, [{ instances: 2 }]];
const stolen = flood({ codes: 30_000, accounts: 500, hours: 72, kinds: ["sign-in"] });
const kinds = ["enrollment", "sign-in", "recovery"] as const;

const rows: Readonly<Record<string, Row>> = {
  "usual weeks, events on time, late or dead": {
    of: () => true,
    happens: [sharedPhone],
    worlds: [0, 10 * minute, 2 * hour, Infinity].map((lateMs) => ({ lateMs, days: 7 })),
  },
  "after a three-hour outage": {
    of: afterOutage,
    worlds: [{ outage: "8x8" }, { outage: "GB" }],
  },
  "merger: 3,000 newcomers in eight hours": { of: newcomers, happens: [merger], worlds: within },
  "merger, events ten minutes late": {
    of: newcomers,
    happens: [merger],
    worlds: [{ within: "GB", lateMs: 10 * minute }],
  },
  "merger, events dead": {
    of: newcomers,
    happens: [merger],
    worlds: [{ within: "GB", lateMs: Infinity }],
  },
  "recoveries and calls, 26 attacked users": {
    of: ({ kind, person }) => kind === "recovery" || person.call,
    happens: [resets(26, minute, false), resets(26, minute, true)],
    worlds: within,
  },
  "small country, 3 to 15 attacking accounts": {
    of: () => true,
    happens: [
      ...fewAccounts({ kinds: ["sign-in"] }),
      ...fewAccounts({ kinds: ["sign-in"], typesIn: true }),
      ...fewAccounts({ kinds: ["sign-in"], call: true }),
      ...fewAccounts({ kinds: ["enrollment"] }),
    ],
    worlds: [{ within: "the smallest country" }],
  },
  "newcomers, 30 accounts with two numbers": {
    of: newcomers,
    happens: noonAndMidnight.map((from) => flood({ codes: 600, accounts: 30, from, hours: 1 })),
    worlds: within,
  },
  "newcomers, 100 accounts with two numbers": {
    of: newcomers,
    happens: [flood({ codes: 1_000, accounts: 100, from: 5 * minute, hours: 1 })],
    worlds: within,
  },
  "sign-ins, 500 stolen accounts": {
    of: ({ kind }) => kind === "sign-in",
    happens: [stolen],
    worlds: [{ days: 3 }],
  },
  "500 enrollments an hour for four hours": {
    of: "sent",
    happens: [flood({ codes: 2_000, accounts: 700, from: 10 * hour, hours: 4 })],
    worlds: two,
  },
  "recoveries of 2,000 users, one instance": {
    of: "sent",
    happens: [resets(2_000, 5 * second, false)],
  },
  "all kinds, 60 countries without an entry": {
    of: "sent",
    happens: [
      flood({ codes: 5_000, accounts: 300, kinds, country: (_, nth) => `X${String(nth % 60)}` }),
    ],
    worlds: two,
  },
  "enrollments that 700 accounts finish": {
    of: "sent",
    happens: [flood({ codes: 10_000, accounts: 700, typesIn: true })],
    worlds: two,
  },
  "all kinds, 2,000 accounts, three countries": {
    of: "sent",
    happens: [
      flood({
        codes: 20_000,
        accounts: 2_000,
        kinds,
        country: (_, nth) => ["GB", "US", "DE"][nth % 3],
      }),
    ],
    worlds: two,
  },
  "500 stolen accounts, three days": {
    of: "sent",
    happens: [stolen],
    worlds: [{ instances: 2, days: 3 }],
  },
};

const limits = new Map(
  sizes.map((size) => [size, seeds.map((seed) => [seed, limitsFor(size, seed)] as const)]),
);
let silenced = 0;

function worstOf({ of, happens = [() => undefined], worlds = [{}] }: Row, size: number) {
  let worst = 0;
  for (const [seed, numbers] of limits.get(size as 200) ?? [])
    for (const world of worlds)
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
  "docs/guard.md has the computed figures in the row '%s'",
  (says, row) => {
    const written = rowsOf("docs/guard.md").find(([name]) => name === says);
    expect(sizes.map((size) => worstOf(row, size))).toEqual(written?.slice(1, 4));
  },
  600_000,
);

test("in the simulation, the hook never answers SUCCESSFUL for a person's code that it does not send", () => {
  expect(silenced).toBe(0);
});
