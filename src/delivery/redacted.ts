import { inspect } from "node:util";
import { createHmac } from "node:crypto";

/**
 * A value that must never be printed: whatever turns it into text gets the mask. Only `expose`
 * gives it out, so the places that do can be counted with one search.
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

/** What may be logged of an error: its message could quote a body or a secret. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/**
 * HMAC-SHA-256 in base64url. Without the key, hashing all numbers does not find the one that it is
 * of.
 */
export function keyedHash(text: string, key: string): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}

const hex = /^(?:[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

/**
 * Whether a text has the form of a generated id: 16 to 64 letters, digits, - and _, a letter and a
 * digit or both cases among them. A number, a name or a code has it hardly ever: six digits, with -
 * or _ between them too, may be a code, so one id of 4,000 counts as none. 32 hexadecimal digits,
 * as a request of Okta's or a UUID has them, hold six digits in every other id, and are an id all
 * the same.
 */
export function isOpaqueId(text: string): boolean {
  const mixed =
    /[A-Za-z]/.test(text) && (/\d/.test(text) || (/[a-z]/.test(text) && /[A-Z]/.test(text)));
  return mixed && (hex.test(text) || /^(?!.*\d(?:[_-]*\d){5})[\w-]{16,64}$/.test(text));
}
