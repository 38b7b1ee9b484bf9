/**
 * A failed call to Okta's API. The message has Okta's error code, but not Okta's summary, which can
 * quote text that a person entered. If `status` is undefined, no readable answer came, and Okta may
 * have made the change.
 */
export class OktaError extends Error {
  readonly status: number | undefined;
  /** True if Okta's words say that a feature is missing, such as an early-access feature. */
  readonly lacksFeature: boolean;
  /** True if Okta says that it called the hook, and the hook failed. */
  readonly hookFailed: boolean;

  constructor(
    what: string,
    status: number | undefined,
    code?: string,
    hints: Hints = {},
    why?: string,
  ) {
    const answer =
      status === undefined
        ? `no readable answer came${why === undefined ? "" : `, because ${why.replace(/\.$/, "")}`}`
        : `HTTP ${status}${code === undefined ? "" : `, ${code}`}`;
    super(`Okta: ${what}: ${answer}.${meaningOf(code, hints)}`);
    this.status = status;
    this.lacksFeature = hints.lacksFeature ?? false;
    this.hookFailed = /^E000013[457]$/.test(code ?? "");
  }

  /** True if Okta refused the call and therefore changed nothing. */
  get refused(): boolean {
    return this.status !== undefined && this.status < 500;
  }

  /** True if Okta itself failed, so that the same call may succeed later. */
  get away(): boolean {
    return !this.refused && !this.hookFailed;
  }
}

export interface Hints {
  /** Fields of the header WWW-Authenticate: https://www.rfc-editor.org/rfc/rfc6750#section-3 */
  readonly error?: string;
  readonly scope?: string;
  readonly lacksFeature?: boolean;
}

/** Drops values in an unexpected format, because messages quote these values. */
export function readChallenge(header: string | null): Hints {
  const error = /\berror="([a-z_]{1,40})"/.exec(header ?? "")?.[1];
  const scope = /\bscope="((?:okta\.[\w.]{1,60} ?){1,20})"/.exec(header ?? "")?.[1];
  return { ...(error !== undefined && { error }), ...(scope !== undefined && { scope }) };
}

/** Meanings of Okta's error codes: https://developer.okta.com/docs/reference/error-codes/ */
const meanings: Readonly<Record<string, string>> = {
  E0000001: "Okta rejected a value in the request.",
  E0000005: "Okta does not recognize the sign-in.",
  E0000006: "The app needs an admin role as well as its scopes (docs/okta-as-code.md).",
  E0000007: "The object does not exist in this org.",
  E0000011: "The token is invalid.",
  E0000015: "The org does not have this feature.",
  E0000022: "Okta does not support this call.",
  E0000047: "Okta's rate limit is reached. Wait a minute, then try again.",
  E0000134:
    "Okta could not reach the hook. Check the hook's URL, and whether a firewall keeps Okta out.",
  E0000135: "The hook answered with an error. A 401 means that the secret is wrong.",
  E0000137: "The hook did not answer within 3 s.",
};

/** Only WWW-Authenticate tells a missing scope from a missing admin role. Okta's code does not. */
function meaningOf(code: string | undefined, { error, scope }: Hints): string {
  if (error === "insufficient_scope")
    return ` insufficient_scope: grant the app ${scope ?? "the scope for this call"} (Okta API Scopes).`;
  const meaning = [error, meanings[code ?? ""]].filter((words) => words !== undefined).join(": ");
  return meaning === "" ? "" : ` ${meaning}`;
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : "The command failed for an unknown reason.";
}
