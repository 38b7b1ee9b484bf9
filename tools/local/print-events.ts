import { subscribe } from "node:diagnostics_channel";
import type { TelemetryEvent } from "../../src/telemetry/event.ts";
import { lineOf, timed } from "./event-line.ts";
import { print } from "../terminal.ts";

// func's worker on a laptop loads this file, to print each of the app's events as a line.
subscribe("okta-8x8-telephony:event", (event) => {
  print(timed(lineOf(event as TelemetryEvent)));
});
