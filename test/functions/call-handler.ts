import { HttpRequest, InvocationContext, type HttpHandler } from "@azure/functions";
import type { Http } from "../../src/functions/http.ts";
import type { TelemetryEvent } from "../../src/telemetry/event.ts";
import type { Telemetry } from "../../src/telemetry/telemetry.ts";
import { systemClock, type Clock } from "../../src/timing/clock.ts";

export async function callHandler(
  create: (http: Http) => HttpHandler,
  body: object,
  { clock = systemClock, secret = "" }: { clock?: Clock; secret?: string } = {},
) {
  const events: TelemetryEvent[] = [];
  const telemetry: Telemetry = {
    begin: () => undefined,
    end: () => undefined,
    send: (event) => void events.push(event),
    whenLoaded: () => undefined,
    flush: () => Promise.resolve(),
  };
  const request = new HttpRequest({
    url: "https://hook.test/api",
    method: "POST",
    headers: { "content-type": "application/json", authorization: secret },
    body: { string: JSON.stringify(body) },
  });
  const log: string[] = [];
  const context = new InvocationContext({
    functionName: "a-function",
    logHandler: (level, ...words) => void log.push(`${level}: ${words.join(" ")}`),
  });
  const answer = await create({ clock, telemetry })(request, context);
  return { ...(answer as { readonly status?: number }), events, log };
}
