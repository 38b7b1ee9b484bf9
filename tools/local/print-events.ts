import { subscribe } from "node:diagnostics_channel";
import type { TelemetryEvent } from "../../src/telemetry/exporter.ts";
import { lineOf, timed } from "./event-line.ts";
import { print } from "../terminal.ts";

// Preloaded into the worker of func on a laptop: each of the app's events is also a line.
subscribe("okta-8x8-telephony:event", (event) => {
  print(timed(lineOf(event as TelemetryEvent)));
});
