import type { Attempt } from "../rules/outcome.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";

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

/** A property without a value is omitted. */
type Properties<Facts> = Readonly<Record<string, (facts: Facts) => string | number | undefined>>;

export function defineEvent<Facts>(name: string, properties: Properties<Facts>) {
  const rows = Object.entries(properties);
  return {
    name,
    properties,
    create(facts: Facts): RequestEvent {
      const values: Record<string, string | number | undefined> = {};
      for (const [property, valueOf] of rows) values[property] = valueOf(facts);
      return { name, properties: values };
    },
  };
}

interface PhoneFacts {
  readonly phoneNumber?: PhoneNumber | undefined;
  readonly phoneHashKey: string | undefined;
}

export function phoneProperties<Facts>(factsOf: (facts: Facts) => PhoneFacts) {
  return {
    country: (facts) => factsOf(facts).phoneNumber?.country,
    callingCode: (facts) => factsOf(facts).phoneNumber?.callingCode,
    phoneHash(facts) {
      const { phoneNumber, phoneHashKey } = factsOf(facts);
      return phoneHashKey && phoneNumber?.hash(phoneHashKey);
    },
  } satisfies Properties<Facts>;
}

export function textOf(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

export function listed(names: readonly string[] | undefined): string | undefined {
  return names?.join(" ") || undefined;
}
