import { PhoneNumber } from "../../../src/delivery/phone-number.ts";
import { createGuarding, type Guarding } from "../../../src/guarding.ts";
import { createGuardSettings } from "../../../src/settings/config.ts";
import { environment } from "../../../src/settings/environment.ts";
import { systemClock } from "../../../src/timing/clock.ts";
import { answerParent } from "../child.ts";
import { median } from "../statistics.ts";
import { personOf } from "./hook-request.ts";

// A process of its own: it fills the guard's memory, and its clock is not the world's.

export interface Decisions {
  /** Different numbers, each with a user, in the 24 hours before what is measured. */
  readonly numbers: number;
  readonly rounds: number;
  readonly decisions: number;
}

const dayMs = 86_400_000;
let now = Date.now();
Date.now = () => now;

const kinds = ["enrollment", "sign-in"] as const;
const countries = ["US", "GB", "DE", "SG", "JP"] as const;
/** One of a million people: a country by the last digit, a range for ten thousand. */
function judge({ judge: judgeOne }: Guarding, person: number): void {
  const country = countries[person % countries.length] ?? "US";
  const numbering = { callingCode: "1", countries: [country], premium: false, hasExtension: false };
  const phoneNumber = new PhoneNumber(`+1${String(2_000_000_000 + person)}`, numbering);
  const delivery = {
    kind: kinds[person % 2] ?? "sign-in",
    channel: "sms",
    oktaUserId: personOf(person),
  } as const;
  if (judgeOne(delivery, phoneNumber) === undefined) throw new Error("The guard failed.");
}

function measure({ numbers, rounds, decisions }: Decisions): number {
  const settings = createGuardSettings(environment.parse({}));
  const guarding = createGuarding(
    { mode: "enforce", settings, knownRanges: [], exemptRanges: [] },
    { allowedCountries: [...countries], allowedCallingCodes: [] },
    {
      clock: systemClock,
      phoneHashKey: () => "a key",
      eventsAreJoined: () => true,
      warn: () => undefined,
    },
  );
  const start = now;
  for (let person = 0; person < numbers; person++) {
    now = start + Math.floor((person / numbers) * dayMs);
    judge(guarding, person);
  }
  let next = 1;
  const perDecision = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    for (let decision = 0; decision < decisions; decision++) {
      // As good as by chance: what is looked at next is not in the processor's cache.
      next = (next * 48_271) % 2_147_483_647;
      judge(guarding, next % numbers);
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / decisions;
  });
  return median(perDecision);
}

process.send?.("ready");
answerParent((asked: Decisions) => ({ cpuUs: measure(asked) }));
