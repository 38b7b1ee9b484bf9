import type { PhoneNumber } from "../rules/phone-number.ts";
import type { RequestEvent } from "./exporter.ts";

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
