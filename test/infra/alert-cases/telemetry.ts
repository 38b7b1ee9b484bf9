// Less is reported than happens.
import type { AlertCases, Cap } from "../alert-cases.ts";
import * as azure from "../samples/azure.ts";
import { times } from "../samples/clock.ts";
import { anotherEvent, strangers } from "../samples/hooks.ts";
import { accepted, events, stranger } from "../samples/outcomes.ts";

export const telemetryCases = (cap: Cap): AlertCases => ({
  "telemetry-silent": {
    fires: {
      "the hook reports three in four": {
        requests: times(12, () => azure.request("/api/okta/telephony")),
        customEvents: times(9, () => accepted()),
      },
      "the app reports three answers in four": {
        availabilityResults: times(40, () => azure.availabilityResult("1")),
        requests: times(30, () => azure.request("/api/health")),
      },
      "the hook reports other things": {
        requests: times(12, () => azure.request("/api/okta/telephony")),
        customEvents: times(12, () => anotherEvent(accepted())),
      },
      "the app answers and reports nothing, as Azure may write it": {
        availabilityResults: times(10, (i) => azure.availabilityResult(i < 5 ? "1" : "True")),
      },
    },
    quiet: {
      "the hook reports four in five, but for bodies that the host refused, and the app each answer":
        {
          requests: [
            ...times(15, () => azure.request("/api/okta/telephony")),
            ...times(500, () => azure.request("/api/okta/telephony", { resultCode: "500" })),
            ...times(55, () => azure.request("/api/health")),
          ],
          customEvents: times(12, () => accepted()),
          availabilityResults: times(50, () => azure.availabilityResult("1")),
        },
      "strangers were summed": {
        requests: times(100, () => azure.request("/api/okta/telephony")),
        customEvents: [...times(60, () => stranger()), strangers(40)],
      },
      "nine came, others are on their way, and the app did not answer": {
        requests: [
          ...times(9, () => azure.request("/api/okta/telephony")),
          ...times(50, () => azure.request("/api/okta/telephony", { minutes: 5 })),
        ],
        availabilityResults: times(50, () => azure.availabilityResult("0")),
      },
    },
  },
  "daily-cap": {
    fires: {
      "more than four fifths came within a day": { Usage: times(9, () => azure.usage(cap(9))) },
    },
    quiet: {
      "four fifths came, and more that costs nothing": {
        Usage: [
          ...times(8, () => azure.usage(cap(10))),
          azure.usage(cap(50), { IsBillable: false }),
        ],
      },
    },
  },
  "no-traffic": {
    fires: { "there was another event": events(anotherEvent(accepted())) },
    quiet: { "one did": events(accepted({ minutes: 23 * 60 })) },
  },
});
