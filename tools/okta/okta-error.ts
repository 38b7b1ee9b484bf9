/**
 * What Okta refused. It holds Okta's code and no sentence of Okta's: a summary can quote what an
 * administrator or a person wrote. `status` is undefined where no readable answer came, so that
 * Okta may or may not have done it.
 */
export class OktaError extends Error {
  readonly status: number | undefined;
  readonly code: string | undefined;

  /** @param why Why no answer came. */
  constructor(
    what: string,
    status: number | undefined,
    code?: string,
    challenge: Challenge = {},
    why?: string,
  ) {
    const answer =
      status === undefined
        ? `no answer came${why === undefined ? "" : `, because ${why.replace(/\.$/, "")}`}`
        : `HTTP ${status}${code === undefined ? "" : `, ${code}`}`;
    super(`Okta: ${what}: ${answer}.${meaningOf(code, challenge)}`);
    this.status = status;
    this.code = code;
  }

  /** Okta has surely done nothing. */
  get refused(): boolean {
    return this.status !== undefined && this.status < 500;
  }
}

/**
 * What the header WWW-Authenticate says of a token:
 * https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export interface Challenge {
  readonly error?: string;
  readonly scope?: string;
}

/** Only what has the form of an error's name and of scopes: the rest is anybody's text. */
export function readChallenge(header: string | null): Challenge {
  const error = /\berror="([a-z_]{1,40})"/.exec(header ?? "")?.[1];
  const scope = /\bscope="((?:okta\.[\w.]{1,60} ?){1,20})"/.exec(header ?? "")?.[1];
  return { ...(error !== undefined && { error }), ...(scope !== undefined && { scope }) };
}

/** https://developer.okta.com/docs/reference/error-codes/ */
const meanings: Readonly<Record<string, string>> = {
  E0000001: "Okta does not take a value that was sent.",
  E0000005: "Not signed in.",
  E0000006: "The app needs an admin role besides its scopes (docs/okta-as-code.md).",
  E0000007: "There is no such object.",
  E0000011: "The token is not good.",
  E0000015: "The org has not this feature.",
  E0000022: "The org has not this feature.",
  E0000047: "Too many calls; nothing more was tried.",
  E0000134: "Okta could not talk to the hook: look at its URL and at who may call it.",
  E0000135: "The hook answered with an error: a 401 is a wrong secret.",
  E0000137: "The hook did not answer in 3 s.",
  E0000226: "The phone needs an active telephony hook first.",
  E0000264: "The phone needs an active telephony hook or a provider of its own first.",
};

/** A missing scope and a missing admin role have one code. Only the challenge differs. */
function meaningOf(code: string | undefined, { error, scope }: Challenge): string {
  if (error === "insufficient_scope")
    return ` insufficient_scope: grant the app ${scope ?? "the scope of this call"} (Okta API Scopes).`;
  const meaning = [error, meanings[code ?? ""]].filter((words) => words !== undefined).join(": ");
  return meaning === "" ? "" : ` ${meaning}`;
}
