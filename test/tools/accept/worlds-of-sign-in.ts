import { authenticatedBy } from "../../../tools/sandbox/okta.ts";
import { answers, type FalseWorld } from "./false-world.ts";
import { json } from "./front.ts";
import type { Live } from "../../../tools/accept/live.ts";

const asked = ["phone", "sign-in"] as const;
const minute = 60_000;

const signingIn = (signIn: Live["person"]["signIn"]): Partial<Live> => ({
  person: { answer: () => Promise.resolve("yes"), signIn },
});

/** One person signs in: Okta's events, and 8x8's feedback. */
export const worldsOfSignIn: readonly FalseWorld[] = [
  {
    name: "Okta reports no used code",
    seen: () => signingIn(() => Promise.resolve(true)),
    inVain: true,
    id: "sign-in-event",
    asked,
    words: [/no event/i, /event hook/i],
  },
  {
    name: "Okta reports a used code after eight minutes",
    seen: (world) =>
      signingIn(() => world.signIn({ published: new Date(Date.now() - 8 * minute) })),
    id: "sign-in-event",
    asked,
    also: ["sign-in-joined"],
    words: [/\b8(\.\d)? min|4[78]\d s/, /5 min/],
  },
  {
    name: "Okta's clock is two minutes ahead",
    seen: (world) =>
      signingIn(() => world.signIn({ published: new Date(Date.now() + 2 * minute) })),
    id: "sign-in-event",
    asked,
    words: [/clock/i, /\b2(\.0)? min|two minutes|1[12]\d s/],
  },
  {
    name: "Okta's event has no time",
    seen: (world) => signingIn(() => world.signIn({ event: { published: undefined } })),
    inVain: true,
    id: "sign-in-event",
    asked,
    also: ["sign-in-joined"],
    words: [/malformed|form|time/],
  },
  {
    name: "the used code is another person's",
    seen: (world) => signingIn(() => world.signIn({ userId: "00ustranger0000000001" })),
    inVain: true,
    id: "sign-in-joined",
    asked,
    words: [/no code|not (joined|matched)|unmatched/i],
  },
  {
    name: "each event of the used code arrives twice",
    seen: (world) => signingIn(() => world.signIn({}, 2)),
    id: "sign-in-once",
    asked,
    words: [/twice|duplicate|more than once|2 times|\b4 events|\b2 events/i],
  },
  {
    name: "Okta reports three uses of one code",
    seen: (world) =>
      signingIn(async () => {
        const isTaken = await world.signIn();
        return isTaken && world.report([1, 2].map(() => authenticatedBy("sms")));
      }),
    id: "sign-in-once",
    asked,
    words: [/\b[345] (events|uses)/],
  },
  {
    name: "8x8 refuses feedback",
    make: answers("eightByEight", /^POST .*\/feedback$/, json(404, { code: 1300 })),
    seen: (world) => signingIn(() => world.signIn()),
    id: "sign-in-feedback",
    asked,
    words: [/failed/, /ask 8x8/i],
  },
];
