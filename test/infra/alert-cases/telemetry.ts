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
      "the app answers and reports nothing": { availabilityResults: times(10, () => azure.availabilityResult("1")) },
      "the same, as Azure may also write it": {
        availabilityResults: times(10, () => azure.availabilityResult("True")),
      },
    },
    quiet: {
      "the hook reports four in five": {
        requests: times(15, () => azure.request("/api/okta/telephony")),
        customEvents: times(12, () => accepted()),
      },
      "strangers were summed": {
        requests: times(100, () => azure.request("/api/okta/telephony")),
        customEvents: [...times(60, () => stranger()), strangers(40)],
      },
      "all is reported": {
        availabilityResults: times(50, () => azure.availabilityResult("1")),
        requests: times(55, () => azure.request("/api/health")),
      },
      "the host refused bodies for their size": {
        requests: [
          ...times(12, () => azure.request("/api/okta/telephony")),
          ...times(500, () => azure.request("/api/okta/telephony", { resultCode: "500" })),
        ],
        customEvents: times(12, () => accepted()),
      },
      "nine came": { requests: times(9, () => azure.request("/api/okta/telephony")) },
      "events are on their way": { requests: times(50, () => azure.request("/api/okta/telephony", { minutes: 5 })) },
      "the app did not answer": { availabilityResults: times(50, () => azure.availabilityResult("0")) },
    },
  },
  "daily-cap": {
    fires: { "more than four fifths came within a day": { Usage: times(9, () => azure.usage(cap(9))) } },
    quiet: {
      "four fifths came": { Usage: times(8, () => azure.usage(cap(10))) },
      "a part of it costs nothing": { Usage: [azure.usage(cap(80)), azure.usage(cap(50), { IsBillable: false })] },
      "it came the day before": { Usage: [azure.usage(cap(90), { minutes: 25 * 60 })] },
    },
  },
  "no-traffic": {
    fires: {
      "nobody called": events(),
      "there was another event": events(anotherEvent(accepted())),
      "somebody did, the day before": events(accepted({ minutes: 25 * 60 })),
    },
    quiet: { "one did": events(accepted({ minutes: 23 * 60 })) },
  },
});
