import type { Channel } from "../../../src/rules/channels.ts";

export interface Received {
  readonly channel: Channel;
  readonly destination: string;
  readonly text: string;
  readonly source: string | undefined;
  readonly at: Date;
  /** Voice of a call. An SMS has neither a voice nor a `repetition`. */
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

/** One of 8x8's APIs. The APIs differ in their envelopes, codes and words for success. */
export interface Api {
  readonly channel: Channel;
  /** The last part of the API's path. */
  readonly operation: string;
  /** The sub-account in the API's path, which distinguishes two APIs with the same operation. */
  readonly subAccount: string;
  env(url: string): Record<string, string>;
  /** Answers as 8x8 would. `received` is what the phone gets after an accepted request. */
  send(request: ApiRequest): Answer & { readonly received?: Received };
  failure(status: number): Answer;
  /** Returns the API's answer to a refused request, with status 200 or an error status. */
  refusal(status: number, code: number | undefined, description: string | undefined): Answer;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

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

export const numberPattern = /^\+?[1-9][0-9]{6,14}$/;
