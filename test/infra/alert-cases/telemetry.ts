// Less telemetry than there should be.
import type { AlertCases, Cap } from "../alert-cases.ts";
import * as azure from "../samples/azure.ts";
import { times } from "../samples/clock.ts";
import { anotherEvent, unauthenticatedSum } from "../samples/hooks.ts";
import { accepted, events, unauthenticated } from "../samples/outcomes.ts";

export const telemetryCases = (cap: Cap): AlertCases => ({
  "telemetry-silent": {
    fires: {
      "the hook reports three of four requests": {
        requests: times(12, () => azure.request("/api/okta/telephony")),
        customEvents: times(9, () => accepted()),
      },
      "the app reports three of four health checks": {
        availabilityResults: times(40, () => azure.availabilityResult("1")),
        requests: times(30, () => azure.request("/api/health")),
      },
      "the hook reports other events only": {
        requests: times(12, () => azure.request("/api/okta/telephony")),
        customEvents: times(12, () => anotherEvent(accepted())),
      },
      "the app answers health checks and reports none, with success written as 1 or True": {
        availabilityResults: times(10, (i) => azure.availabilityResult(i < 5 ? "1" : "True")),
      },
    },
    quiet: {
      "the hook reports 80 % of the requests that reach it, and the app every health check": {
        requests: [
          ...times(15, () => azure.request("/api/okta/telephony")),
          ...times(500, () => azure.request("/api/okta/telephony", { resultCode: "500" })),
          ...times(55, () => azure.request("/api/health")),
        ],
        customEvents: times(12, () => accepted()),
        availabilityResults: times(50, () => azure.availabilityResult("1")),
      },
      "unauthenticated callers were summed in one event": {
        requests: times(100, () => azure.request("/api/okta/telephony")),
        customEvents: [...times(60, () => unauthenticated()), unauthenticatedSum(40)],
      },
      "nine requests arrived, the events of others may be late, and health checks failed": {
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
      "more than 80 % of the cap arrived within a day": {
        Usage: times(9, () => azure.usage(cap(9))),
      },
    },
    quiet: {
      "80 % of the cap arrived, and more data that is free": {
        Usage: [
          ...times(8, () => azure.usage(cap(10))),
          azure.usage(cap(50), { IsBillable: false }),
        ],
      },
    },
  },
  "no-traffic": {
    fires: { "only another event came": events(anotherEvent(accepted())) },
    quiet: { "one did": events(accepted({ minutes: 23 * 60 })) },
  },
});
