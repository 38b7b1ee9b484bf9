import type { Channel } from "../../../src/delivery/channels.ts";

/** What a phone would have received. */
export interface Received {
  readonly channel: Channel;
  readonly destination: string;
  readonly text: string;
  readonly source: string | undefined;
  readonly at: Date;
  /** Of a call alone, as is how often it says its text. */
  readonly voiceProfile?: string;
  readonly repetition?: number;
}

export interface Answer {
  readonly status: number;
  /** Undefined where it has none. */
  readonly body?: object;
}

/** A request after authentication, with its body as sent. */
export interface ApiRequest {
  readonly subAccount: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

/**
 * One of 8x8's APIs. They share nothing but the key: envelopes, codes and words for success differ.
 */
export interface Api {
  readonly channel: Channel;
  /** The last part of its path. */
  readonly operation: string;
  /** The sub-account in its path: two APIs can have the same operation. */
  readonly subAccount: string;
  /** The app's settings with which it uses this API. */
  env(url: string): Record<string, string>;
  /** Judges a request as 8x8 would, and says what the phone gets where it is taken. */
  send(request: ApiRequest): Answer & { readonly received?: Received };
  /** The API's answer to what it accepts, with this id. */
  accepted(id: string): Answer;
  /** The API's envelope around an HTTP error. */
  failure(status: number): Answer;
  /** The API's answer to what it refuses, in a 200 or with an error status. */
  refusal(status: number, code: number | undefined, description: string | undefined): Answer;
  /** Its answer to a sender that it does not take. */
  senderRefusal(): Answer;
}

/** Thrown by a check that refuses the request. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`Refused with ${answer.status}`);
    this.answer = answer;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Undefined where it is not JSON, or not sent as JSON. */
export function parseJsonBody({ contentType, body }: ApiRequest): unknown {
  return /^application\/json\s*(;|$)/i.test(contentType ?? "") ? parseJson(body) : undefined;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const subAccountPattern = /^[A-Za-z0-9\-._&]{3,50}$/;
export const numberPattern = /^\+?[1-9][0-9]{6,14}$/;
