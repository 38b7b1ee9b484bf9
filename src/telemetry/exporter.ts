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

export interface Exporter {
  send(event: TelemetryEvent): void;
  /** Settles when every event that was sent has arrived or is lost. */
  flush(): Promise<void>;
}

export const dropping: Exporter = { send: () => undefined, flush: () => Promise.resolve() };
