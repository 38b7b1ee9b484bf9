import { channel } from "node:diagnostics_channel";
import type { TelemetryEvent } from "./exporter.ts";
import type { Telemetry } from "./telemetry.ts";

/** Code in the same process can subscribe to it, as `local/` does on a laptop. In Azure nothing does. */
const events = channel("okta-8x8-telephony:event");

/** Publishes each event at once, in the async context of the request that it is of. */
export function publishEvents(telemetry: Telemetry): Telemetry {
  const publish = (event: TelemetryEvent): void => {
    if (events.hasSubscribers) events.publish(event);
  };
  return {
    ...telemetry,
    end(event) {
      if (event !== undefined) publish(event);
      telemetry.end(event);
    },
    send(item) {
      if ("name" in item) publish(item);
      telemetry.send(item);
    },
  };
}
