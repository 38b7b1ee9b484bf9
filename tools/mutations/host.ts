import { boolean, rule, words } from "./mutation.ts";

/** For host.json, by which the host times out, throttles and samples. */
export const hostRules = [
  boolean,
  rule("number", /(?<=: )\d+/g, (digits) => String(Number(digits) + 1)),
  words("timeout", { "00:00:30": "00:30:00" }),
  rule(
    "throttle",
    /"routePrefix": "api"/g,
    '$&, "maxConcurrentRequests": 1',
    '$&, "dynamicThrottlesEnabled": true',
  ),
  words("sampling", { "Exception;Trace": "Exception;Trace;Request" }),
  words("level", { Information: "Warning", Warning: "Information" }),
];
