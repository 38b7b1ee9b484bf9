import type { Channel } from "../../../src/delivery/channels.ts";

/** What a phone receives. */
export interface Received {
  readonly channel: Channel;
  readonly destination: string;
  readonly text: string;
  readonly source: string | undefined;
  readonly at: Date;
  /** Only for a call, like `repetition`. */
  readonly voiceProfile?: string;
  readonly repetition?: number;
}

export interface Answer {
  readonly status: number;
  readonly body?: object;
}

/** An authenticated request. */
export interface ApiRequest {
  readonly subAccount: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

/**
 * One of 8x8's APIs. They share only the key: envelopes, codes and the terms for success differ.
 */
export interface Api {
  readonly channel: Channel;
  /** The last part of the API's path. */
  readonly operation: string;
  /** The sub-account in the API's path. Two APIs can have the same operation. */
  readonly subAccount: string;
  /** The app's settings for this API. */
  env(url: string): Record<string, string>;
  /** Answers as 8x8 would. `received` is what the phone gets if the request is accepted. */
  send(request: ApiRequest): Answer & { readonly received?: Received };
  /** The API's answer to an accepted request. */
  accepted(id: string): Answer;
  /** The API's answer with an HTTP error. */
  failure(status: number): Answer;
  /** The API's answer to a refused request, with status 200 or an error status. */
  refusal(status: number, code: number | undefined, description: string | undefined): Answer;
  /** The API's answer to a sender that it does not accept. */
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

/** Undefined if the body is not JSON, or its content type is not. */
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
