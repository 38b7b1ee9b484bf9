import { inspect } from "node:util";
import { createHmac } from "node:crypto";

/** A value that must never be printed. A search for `expose` finds every use. */
export class Redacted<Value = string> {
  readonly #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  expose(): Value {
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

export class OtpCode extends Redacted {}

export class MessageText extends Redacted {}

/** A name or a phone number, which may belong to a person. */
export class UsedSender extends Redacted {}

export class RawPhoneNumber extends Redacted {}

/** The body of Okta's request, which contains the code and the phone number. */
export class RequestBody extends Redacted<Uint8Array> {}

/** An error's message may quote a body or a secret, so only its name may be logged. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Without the key, an attacker cannot find a phone number by hashing all numbers. */
export function keyedHash(text: string, key: string): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}

const hex = /^(?:[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

/**
 * Whether a text looks like a generated id. Six digits in a row may be an OTP code, so one id in
 * 4,000 is not recognized. UUIDs always count as ids.
 */
export function isOpaqueId(text: string): boolean {
  const mixed =
    /[A-Za-z]/.test(text) && (/\d/.test(text) || (/[a-z]/.test(text) && /[A-Z]/.test(text)));
  return mixed && (hex.test(text) || /^(?!.*\d(?:[_-]*\d){5})[\w-]{16,64}$/.test(text));
}
