import type { Answer } from "./stand-in.ts";

/** https://learn.microsoft.com/azure/key-vault/general/rest-error-codes */
export const failure = (status: number, code: string, message: string, inner?: string): Answer => ({
  status,
  body: {
    error: { code, message, ...(inner === undefined ? {} : { innererror: { code: inner } }) },
  },
});

export const notFound = (name: string): Answer =>
  failure(
    404,
    "SecretNotFound",
    `A secret with (name/id) ${name} was not found in this key vault.`,
  );
