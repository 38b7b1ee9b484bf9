/**
 * What Okta refused. It holds Okta's code and no word of Okta's: a summary can quote what an administrator or a person wrote.
 * `status` is undefined where no readable answer came, so that Okta may or may not have done it.
 */
export class OktaError extends Error {
  readonly status: number | undefined;
  readonly code: string | undefined;

  constructor(what: string, status: number | undefined, code?: string) {
    const told = status === undefined ? "no answer came" : `HTTP ${status}${code === undefined ? "" : `, ${code}`}`;
    super(`Okta: ${what}: ${told}.${meaningOf(status, code)}`);
    this.status = status;
    this.code = code;
  }

  /** Okta has surely done nothing. */
  get refused(): boolean {
    return this.status !== undefined && this.status < 500;
  }
}

/** https://developer.okta.com/docs/reference/error-codes/ */
const meanings: Readonly<Record<string, string>> = {
  E0000001: "Okta does not take a value that was sent.",
  E0000005: "Not signed in.",
  E0000006: "The app needs an admin role besides its scopes (docs/okta-as-code.md).",
  E0000007: "There is no such object.",
  E0000011: "The token is not good.",
  E0000022: "The org has not this feature.",
  E0000047: "Too many calls; nothing more was tried.",
  E0000134: "Okta could not talk to the hook: look at its URL and at who may call it.",
  E0000135: "The hook answered with an error: a 401 is a wrong secret.",
  E0000137: "The hook did not answer in 3 s.",
  E0000226: "The phone needs an active telephony hook first.",
  E0000264: "The phone needs an active telephony hook or a provider of its own first.",
};

function meaningOf(status: number | undefined, code: string | undefined): string {
  const meaning = meanings[code ?? ""] ?? (status === 403 ? meanings["E0000006"] : undefined);
  return meaning === undefined ? "" : ` ${meaning}`;
}
