import { inspect } from "node:util";

/**
 * A value that must never be printed: whatever turns it into text gets the mask. Only `expose` gives it out, so the
 * places that do can be counted with one search.
 */
export class Redacted {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  expose(): string {
    return this.#value;
  }

  toString(): string {
    return `[${this.constructor.name}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** The one-time code: 4 to 10 digits, leading zeros kept. */
export class OtpCode extends Redacted {}

/** The text of an SMS. It holds the code. */
export class MessageText extends Redacted {}

/** Who 8x8 says an SMS came from: a name, or a number that may be anybody's. */
export class UsedSender extends Redacted {}

/** A phone number as Okta wrote it, before it is known to be one. */
export class RawPhoneNumber extends Redacted {}
