import type { Attempt } from "../rules/outcome.ts";

/** One request, or something that happened in the background. */
export interface TelemetryEvent {
  readonly name: string;
  readonly at: Date;
  /** W3C trace context of the host's request. */
  readonly traceParent?: string | undefined;
  /** Undefined values are omitted. */
  readonly properties: Readonly<Record<string, string | number | undefined>>;
  /** Requests to providers. */
  readonly attempts: readonly Attempt[];
}

/** An event of a request, to which http.ts adds time, duration and trace. */
export type RequestEvent = Pick<TelemetryEvent, "name" | "properties"> &
  Partial<Pick<TelemetryEvent, "attempts">>;

export interface Measurement {
  readonly metric: string;
  readonly value: number;
  readonly properties: Readonly<Record<string, string>>;
}

/** How many items Application Insights did not accept. */
export interface Lost {
  readonly events: number;
  /** Attempts and metrics. */
  readonly others: number;
}

export interface Exporter {
  send(item: TelemetryEvent | Measurement): void;
  /** Settles when every sent item has arrived or is lost. Returns what is lost. */
  flush(): Promise<Lost>;
}
