import { type AlertCases, type Cap, firing } from "../alert-cases.ts";
import * as azure from "../samples/azure.ts";
import { times } from "../samples/clock.ts";
import { anotherEvent, unauthenticatedSum } from "../samples/hooks.ts";
import { accepted, events, unauthenticated } from "../samples/outcomes.ts";

const dayMinutes = 24 * 60;

export const telemetryCases = (cap: Cap): AlertCases => ({
  "telemetry-silent": {
    fires: {
      "only three of four requests to the hook have an event": firing(
        {
          requests: times(12, () => azure.request("/api/okta/telephony")),
          customEvents: times(9, () => accepted()),
        },
        { silent: "hook" },
      ),
      "the host logged only three of four successful health checks": firing(
        {
          availabilityResults: times(40, () => azure.availabilityResult("1")),
          requests: times(30, () => azure.request("/api/health")),
        },
        { silent: "host" },
      ),
      "requests to the hook have only events with another name": firing(
        {
          requests: times(12, () => azure.request("/api/okta/telephony")),
          customEvents: times(12, () => anotherEvent(accepted())),
        },
        { silent: "hook" },
      ),
      "health checks succeeded (as 1 or True), but the host logged none of them": firing(
        { availabilityResults: times(10, (i) => azure.availabilityResult(i < 5 ? "1" : "True")) },
        { silent: "host" },
      ),
    },
    quiet: {
      "80 % of the requests that reached the hook have an event": {
        requests: [
          ...times(15, () => azure.request("/api/okta/telephony")),
          ...times(500, () => azure.request("/api/okta/telephony", { resultCode: "500" })),
          ...times(55, () => azure.request("/api/health")),
        ],
        customEvents: times(12, () => accepted()),
        availabilityResults: times(50, () => azure.availabilityResult("1")),
      },
      "one event sums up 40 of 100 unauthenticated requests": {
        requests: times(100, () => azure.request("/api/okta/telephony")),
        customEvents: [...times(60, () => unauthenticated()), unauthenticatedSum(40)],
      },
      "only nine requests are older than five minutes, and health checks failed": {
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
      "more than 80 % of the daily cap is used": firing(
        {
          Usage: [
            ...times(5, () => azure.usage(cap(9), { DataType: "AppRequests" })),
            ...times(4, () => azure.usage(cap(9))),
          ],
        },
        { table: "AppRequests" },
      ),
    },
    quiet: {
      "billable data uses exactly 80 % of the daily cap": {
        Usage: [
          ...times(8, () => azure.usage(cap(10))),
          azure.usage(cap(50), { IsBillable: false }),
        ],
      },
    },
  },
  "no-traffic": {
    fires: {
      "the only call of two days was without the right secret": firing(
        events(unauthenticated(), anotherEvent(accepted())),
        {},
      ),
    },
    quiet: {
      "29 calls were in the gap yesterday, and others before or after it": events(
        times(29, () => accepted({ minutes: dayMinutes + 60 })),
        times(9, () => accepted({ minutes: dayMinutes + 62 })),
        times(9, () => accepted({ minutes: dayMinutes + 4 })),
        accepted({ minutes: 61 }),
      ),
    },
  },
});
