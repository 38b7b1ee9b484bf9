import type { Attempt } from "../rules/outcome.ts";

/** One request, or something that happened in the background. */
export interface TelemetryEvent {
  readonly name: string;
  readonly at: Date;
  readonly traceParent?: string | undefined;
  readonly properties: Readonly<Record<string, string | number | undefined>>;
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
