import { liveCode } from "../okta/expired-code.ts";
import { askLine } from "../okta/questions.ts";
import { createEventHook, eventsOfUse } from "../sandbox/okta.ts";
import { NotSetUp } from "./finding.ts";
import type { Live, Person } from "./live.ts";

export const isYes = (answer: string) => /^y/i.test(answer);

/** The person at this terminal. Without a terminal, no person answers. */
export function personHere(): Person {
  return {
    answer: askLine,
    async signIn() {
      const said = await askLine(
        "Sign in to Okta once with a code by SMS or call, while no one else signs in. Press Enter after you typed the code in (n: not now).",
      );
      return said !== undefined && !/^n/i.test(said);
    },
  };
}

/** On a laptop no person signs in: the run sends a code, and then Okta's event about its use. */
export function localPerson(live: () => Live, phone: string): Person {
  return {
    answer: () =>
      Promise.reject(new NotSetUp("On a laptop, no message or alert reaches a person.")),
    async signIn() {
      const { judged } = await live().hook(liveCode(phone, "sms"));
      if (judged?.outcome !== "accepted") return false;
      const requestType = "com.okta.user.telephony.pre-enrollment";
      const events = createEventHook(live().wanted.events?.url ?? "", await live().eventSecret());
      const deliveries = await events.deliver(eventsOfUse("sms", requestType));
      return (deliveries.at(-1)?.status ?? 500) < 300;
    },
  };
}
