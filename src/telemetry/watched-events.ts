import { channel } from "node:diagnostics_channel";
import type { TelemetryEvent } from "./exporter.ts";
import type { Telemetry } from "./telemetry.ts";

/** Tells of each event at once, in the async context of the request that it is of. */
export function watchEvents(telemetry: Telemetry, onEvent: (event: TelemetryEvent) => void): Telemetry {
  return {
    ...telemetry,
    end(event) {
      if (event !== undefined) onEvent(event);
      telemetry.end(event);
    },
    send(item) {
      if ("name" in item) onEvent(item);
      telemetry.send(item);
    },
  };
}

/** Where who runs in this process can listen: the local host does, for the phone page. In Azure nobody does. */
const events = channel("okta-8x8-telephony:event");

export function publishEvent(event: TelemetryEvent): void {
  if (events.hasSubscribers) events.publish(event);
}
