import { systemClock } from "../../src/timing/clock.ts";
import { HttpRequest } from "@azure/functions";
import { hookBody } from "../../tools/sandbox/okta.ts";
import { openPolicy } from "../delivery/sample-delivery.ts";
import { createTelephonyHook } from "../../src/functions/telephony-hook.ts";
import { startDeadline } from "../../src/timing/deadline.ts";

test("a code whose delivery threw does not count: Okta is answered an error, and sends it", async () => {
  let counted = 0;
  const answerHook = createTelephonyHook({
    clock: systemClock,
    authenticate: () => Promise.resolve({ ok: true, by: "secret", secretVersion: 1 }),
    apiKey: { current: () => [] },
    known: { hash: String },
    rules: { phonePolicy: openPolicy, isOn: () => true },
    judge: () => {
      counted += 1;
      return {
        verdict: undefined,
        refused: undefined,
        phoneKey: "",
        knownRange: undefined,
        eventsOnTime: true,
        dayPercent: 0,
        counted: { at: new Date(), takeBack: () => void (counted -= 1) },
      };
    },
    deliver: () => Promise.reject(new Error("a bug")),
    remember: () => undefined,
  });
  const request = new HttpRequest({
    url: "https://hook.test/api/okta/telephony",
    method: "POST",
    headers: { "content-type": "application/json" },
    body: { string: JSON.stringify(hookBody({ messageProfile: { phoneNumber: "+12025550123" } })) },
  });
  const budget = startDeadline(systemClock, 2_000);
  await expect(answerHook(request, budget, { timings: {} })).rejects.toThrow("a bug");
  budget.end();
  expect(counted).toBe(0);
});
