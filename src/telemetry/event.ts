import type { Attempt } from "../rules/outcome.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";

export interface TelemetryEvent {
  readonly name: string;
  readonly at: Date;
  readonly traceParent?: string | undefined;
  /** A property that is undefined is omitted. */
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

export function phoneProperties(phoneNumber: PhoneNumber | undefined, hashKey: string | undefined) {
  return {
    country: phoneNumber?.country,
    callingCode: phoneNumber?.callingCode,
    phoneHash: hashKey && phoneNumber?.hash(hashKey),
  };
}

export function textOf(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

export function listed(names: readonly string[] | undefined): string | undefined {
  return names?.join(" ") || undefined;
}
