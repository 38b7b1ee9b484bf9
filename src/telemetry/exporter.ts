import type { Attempt } from "../delivery/outcome.ts";

/** One request that reached us, however it ended. */
export interface TelemetryEvent {
  readonly name: string;
  readonly at: Date;
  /** W3C trace context of the host's request. */
  readonly traceParent?: string | undefined;
  /** Undefined values are left out. */
  readonly properties: Readonly<Record<string, string | number | undefined>>;
  /** Requests to 8x8. */
  readonly attempts: readonly Attempt[];
}

/** The event of a request. http.ts adds its time, duration and trace. */
export type RequestEvent = Pick<TelemetryEvent, "name" | "properties"> &
  Partial<Pick<TelemetryEvent, "attempts">>;

/** A metric's value. */
export interface Measurement {
  readonly metric: string;
  readonly value: number;
  readonly properties: Readonly<Record<string, string>>;
}

/** What Application Insights did not take. */
export interface Lost {
  readonly events: number;
  /** Attempts and metrics. */
  readonly others: number;
}

/** The telemetry SDK, as far as it is used. */
export interface Exporter {
  send(item: TelemetryEvent | Measurement): void;
  /** Settles once all that was sent has arrived or is lost, and says what is lost. */
  flush(): Promise<Lost>;
}
