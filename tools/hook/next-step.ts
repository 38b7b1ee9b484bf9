import { isLoopback } from "../../src/settings/environment/validators.ts";
import { runningApps } from "../running-app.ts";
import type { Sent } from "./send.ts";
import type { Usage } from "./usage.ts";

type Called = Pick<Usage, "url" | "secretFrom">;

/**
 * Returns the most likely cause of an unexpected answer and what to do, or undefined if only the
 * app's log can tell.
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
    : `To see what ${reason} means and what to do, read docs/troubleshoot.md.`;
}

const start = "npm start";

function pick({ url }: Called, here: string, elsewhere: string): string {
  return isLoopback(url) ? here : elsewhere;
}

function tooLate(called: Called): string {
  const { origin } = called.url;
  return pick(
    called,
    `${origin} received the request and did not answer. Look at the terminal of ${start}. You may have switched on a fault.`,
    `${origin} was too slow, or a firewall drops the request. Run the command again, because an app is slow just after it starts. If it fails again, read docs/troubleshoot.md.`,
  );
}

function notConnected(code: string, called: Called): string {
  const { origin, hostname } = called.url;
  switch (code) {
    case "ECONNREFUSED":
      return pick(
        called,
        `No app runs at ${origin}. ${elsewhereHere()}`,
        `No server listens at ${origin}. Check the port in --url, and check that the app is running.`,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `DNS does not know ${hostname} (${code}). Check the host in --url, then this machine's network and DNS.`;
    case "ENETUNREACH":
    case "ENETDOWN":
    case "EHOSTUNREACH":
    case "EADDRNOTAVAIL":
      return `This machine cannot reach ${hostname} (${code}). Check its network and VPN.`;
    case "ECONNRESET":
    case "EPIPE":
    case "UND_ERR_SOCKET":
      return pick(
        called,
        `${origin} closed the connection before it answered. Look at the terminal of ${start}.`,
        `${origin} closed the connection before it answered. Check --url. If it is right, read docs/network.md.`,
      );
  }
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER")
    return `${origin} does not use TLS. Check the scheme and the port in --url.`;
  if (/CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code))
    return `The TLS connection to ${hostname} failed (${code}). If your company's proxy inspects TLS, set NODE_EXTRA_CA_CERTS to the file of its certificate. Otherwise check the host in --url.`;
  return `The connection to ${origin} failed (${code}). Check --url and this machine's network.`;
}

function elsewhereHere(): string {
  const [other] = runningApps();
  return other === undefined
    ? `Start it in another terminal with ${start}.`
    : `${start} runs at ${other.url}. To call that app, run: npm run hook -- --url ${other.url}/api/okta/telephony`;
}

const telephonyPath = "/api/okta/telephony";

function notOurAnswer(status: number, called: Called): string {
  const { origin, pathname } = called.url;
  if (status >= 300 && status < 400)
    return `${origin} redirects, and Okta does not follow redirects. Check the host and the path in --url.`;
  if (status === 403)
    return `${origin} refuses this machine. Start the app if it is stopped. Otherwise read docs/network.md to allow this machine's address.`;
  if (status >= 500)
    return `The server at ${origin} failed before the app answered. ${pick(called, `Look at the terminal of ${start}.`, "Read docs/troubleshoot.md.")}`;
  if (pathname !== telephonyPath)
    return `${origin} does not answer as this app at this path. Add the path of the app: --url ${origin}${telephonyPath}`;
  if (status === 404)
    return pick(
      called,
      `The server at ${origin} has no function for Okta's request. Another program may use the port, or the app did not load. Look at the terminal of ${start}.`,
      `The server at ${origin} has no function for Okta's request. Check the host in --url, or deploy the code (docs/troubleshoot.md).`,
    );
  return `The server at ${origin} is not this app. Check the host and the port in --url.`;
}

function wrongSecret(called: Called): string {
  const { origin } = called.url;
  const { secretFrom } = called;
  if (secretFrom === "npm start")
    return `The app no longer accepts the secret that ${start} began with. Stop ${start} and start it again.`;
  if (!isLoopback(called.url))
    return `${origin} does not accept this secret. Set OKTA_HOOK_SECRET to the hook secret in the app's vault, and OKTA_AUTH_HEADER to the header in its settings.`;
  return runningApps().some(({ url }) => url === origin)
    ? `OKTA_HOOK_SECRET is set in this terminal and is not the secret of ${start}. To remove it, run: unset OKTA_HOOK_SECRET`
    : `${origin} does not accept the value of OKTA_HOOK_SECRET. Set it to the secret of that app, which npm start -- --verbose prints.`;
}

function unavailable(called: Called): string {
  const health = `${called.url.origin}/api/health`;
  return `The app cannot send now. To see whether its settings are invalid, run: curl -sS ${health}. Otherwise find the reason in the app's log, and read about it in docs/troubleshoot.md.`;
}
