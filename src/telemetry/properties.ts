import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { RequestEvent } from "./exporter.ts";

type Properties<Facts> = Readonly<Record<string, Property<Facts>>>;

interface Property<Facts> {
  /** A property without a value is omitted. */
  readonly value: (facts: Facts) => string | number | undefined;
  /** What the property says about a person, in the words of the list in docs/security.md. */
  readonly person?: string;
}

export function defineEvent<Facts>(name: string, properties: Properties<Facts>) {
  const rows = Object.entries(properties);
  return {
    name,
    properties,
    create(facts: Facts): RequestEvent {
      const values: Record<string, string | number | undefined> = {};
      for (const [property, { value }] of rows) values[property] = value(facts);
      return { name, properties: values };
    },
  };
}

interface PhoneFacts {
  readonly phoneNumber?: PhoneNumber | undefined;
  /** Undefined if numbers are not hashed. */
  readonly phoneHashKey: string | undefined;
}

/** What an event holds about a number. */
export function phoneProperties<Facts>(factsOf: (facts: Facts) => PhoneFacts) {
  return {
    country: {
      value: (facts) => factsOf(facts).phoneNumber?.country,
      person: "country",
    },
    callingCode: {
      value: (facts) => factsOf(facts).phoneNumber?.callingCode,
      person: "calling code",
    },
    phoneHash: {
      value(facts) {
        const { phoneNumber, phoneHashKey } = factsOf(facts);
        return phoneHashKey && phoneNumber?.hash(phoneHashKey);
      },
      person: "`phoneHash`",
    },
  } satisfies Properties<Facts>;
}

export function textOf(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** Separated by spaces. Undefined if there are none. */
export function listed(names: readonly string[] | undefined): string | undefined {
  return names?.join(" ") || undefined;
}
