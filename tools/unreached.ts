/** A host that gave no answer. The message names the host, the cause and what to do. */
export class Unreached extends Error {
  override readonly name = "Unreached";

  constructor(what: string, url: string, error: unknown) {
    super(`${what} cannot be reached at ${hostOf(url)}: ${causeOf(error)}`);
  }
}

/** Throws Unreached in place of fetch's own error, whose message is always "fetch failed". */
export const unreached =
  (what: string, url: string) =>
  (error: unknown): never => {
    throw new Unreached(what, url, error);
  };

const hostOf = (url: string) => URL.parse(url)?.host ?? "an address that is not a URL";

/** Codes of Node's and OpenSSL's errors. */
const causes: readonly (readonly [codes: RegExp, words: string])[] = [
  [/ENOTFOUND|EAI_AGAIN/, "DNS does not know the host. Check the host's name and the network."],
  [/ECONNREFUSED/, "the connection is refused. Check that a server listens there."],
  [/ECONNRESET|EPIPE|UND_ERR_SOCKET/, "the connection is cut. Check proxies and firewalls."],
  [/TIMEOUT|TimeoutError|ETIMEDOUT/, "no answer comes in time. Check proxies and firewalls."],
  [/UND_ERR_ABORTED/, "the proxy does not forward to this host. Ask the people who run the proxy."],
  [/ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL/, "there is no route to it. Check the network."],
  [
    /CERT|SELF_SIGNED|UNABLE_TO/,
    "its certificate is not trusted. If a proxy inspects TLS, name its CA in NODE_EXTRA_CA_CERTS.",
  ],
];

export function causeOf(error: unknown): string {
  const code = codeOf(error);
  const [, words] = causes.find(([codes]) => codes.test(code)) ?? [];
  const isBehindProxy = process.env["NODE_USE_ENV_PROXY"] === "1";
  const proxy = isBehindProxy ? "HTTPS_PROXY was used." : "Behind a proxy, set HTTPS_PROXY.";
  return `${words ?? "there is no connection."} (${code}) ${proxy}`;
}

/** fetch reports a failed connection in the `cause` of its error. */
function codeOf(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: string };
  if (cause !== undefined) return codeOf(cause);
  return typeof code === "string" ? code : (name ?? "unknown");
}
