import { isLoopback } from "../../src/settings/environment/validators.ts";
import { runningApps } from "../running-app.ts";
import type { Sent } from "./send.ts";
import type { Usage } from "./usage.ts";

type Called = Pick<Usage, "url" | "secretFrom">;

/**
 * What to do when the answer is not as expected: the most likely cause, and a command. Undefined if
 * only the app can say.
 */
export function nextStep({ judged, status, code }: Sent, called: Called): string | undefined {
  if (judged === undefined)
    return code === undefined ? tooLate(called) : notConnected(code, called);
  if (judged.answer === "broken") return notOurAnswer(status, called);
  if (status === 401) return wrongSecret(called);
  if (status === 503) return unavailable(called);
  const { outcome, reason } = judged;
  return outcome === "accepted" || reason === undefined
    ? undefined
    : `docs/troubleshoot.md says what ${reason} means and what to do.`;
}

const start = "npm start";

/** Of an app of this machine, and of one that is elsewhere. */
function pick({ url }: Called, here: string, elsewhere: string): string {
  return isLoopback(url) ? here : elsewhere;
}

function tooLate(called: Called): string {
  const { origin } = called.url;
  return pick(
    called,
    `${origin} took the request and did not answer. Look at the terminal of ${start}: a fault may be on.`,
    `${origin} was too slow, or a firewall drops the request. Run the command again, since an app that has just started is slow. Then see docs/troubleshoot.md.`,
  );
}

function notConnected(code: string, called: Called): string {
  const { origin, hostname } = called.url;
  switch (code) {
    case "ECONNREFUSED":
      return pick(
        called,
        `No app runs at ${origin}. ${elsewhereHere()}`,
        `No server listens at ${origin}. Check the port in --url, and that the app runs.`,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `The name ${hostname} is not found (${code}). Check the host in --url, then this machine's network and DNS.`;
    case "ENETUNREACH":
    case "ENETDOWN":
    case "EHOSTUNREACH":
    case "EADDRNOTAVAIL":
      return `This machine has no way to ${hostname} (${code}). Check its network and VPN.`;
    case "ECONNRESET":
    case "EPIPE":
    case "UND_ERR_SOCKET":
      return pick(
        called,
        `${origin} closed the connection before it answered. Look at the terminal of ${start}.`,
        `${origin} closed the connection before it answered. Check --url. If it is right, see docs/network.md.`,
      );
  }
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER")
    return `${origin} answers without TLS. Check the scheme and the port in --url.`;
  if (/CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code))
    return `The TLS connection to ${hostname} failed (${code}). If your company's proxy inspects TLS, name its certificate in NODE_EXTRA_CA_CERTS. Otherwise check the host in --url.`;
  return `No connection to ${origin} (${code}). Check --url and this machine's network.`;
}

/** Where else `npm start` runs. */
function elsewhereHere(): string {
  const [other] = runningApps();
  return other === undefined
    ? `Start it in another terminal with ${start}.`
    : `${start} runs at ${other.url}. Send the hook there with: npm run hook -- --url ${other.url}/api/okta/telephony`;
}

const telephonyPath = "/api/okta/telephony";

function notOurAnswer(status: number, called: Called): string {
  const { origin, pathname } = called.url;
  if (status >= 300 && status < 400)
    return `${origin} redirects, and Okta does not follow. Check the host and the path in --url.`;
  if (status === 403)
    return `${origin} lets no request in. The app is stopped, or this machine may not call it: docs/network.md.`;
  if (status === 404 && pathname !== telephonyPath)
    return `The path is wrong. Call ${origin}${telephonyPath} with --url.`;
  if (status === 404)
    return pick(
      called,
      `The server at ${origin} has no hook. Another program may have the port, or the app did not load: look at the terminal of ${start}.`,
      `The app at ${origin} has no hook. Deploy its code, or check the host in --url: docs/troubleshoot.md.`,
    );
  if (status >= 500)
    return `The server at ${origin} failed before the app answered. ${pick(called, `Look at the terminal of ${start}.`, "See docs/troubleshoot.md.")}`;
  return `That is not this app. Check the host and the path in --url.`;
}

function wrongSecret(called: Called): string {
  const { origin } = called.url;
  const { secretFrom } = called;
  if (secretFrom === "npm start")
    return `The app no longer takes the secret that ${start} began with. Stop ${start} and start it again.`;
  if (!isLoopback(called.url))
    return `${origin} does not take this secret. Set OKTA_HOOK_SECRET to the value that the app's vault has now, and OKTA_AUTH_HEADER to its header.`;
  return runningApps().some(({ url }) => url === origin)
    ? `OKTA_HOOK_SECRET is set here and is not the secret of ${start}. Remove it with: unset OKTA_HOOK_SECRET`
    : `${origin} does not take the value of OKTA_HOOK_SECRET. Set it to the secret of that app, which npm start -- --verbose prints.`;
}

function unavailable(called: Called): string {
  const health = `${called.url.origin}/api/health`;
  return `The app cannot send now. If its settings are wrong, this names them: curl -sS ${health}. Otherwise docs/troubleshoot.md says what the reason in the app's log means.`;
}
