import { isLoopback } from "../../src/settings/environment/validators.ts";
import type { HookCall } from "../sandbox/okta.ts";
import { whereItRuns, type Usage } from "./usage.ts";

/** Returns the most likely cause of an unexpected answer, and what to do. */
export function nextStep(call: HookCall, { url, app }: Pick<Usage, "url" | "app">): string {
  const { origin, hostname, pathname } = url;
  const look = isLoopback(url) ? "Look at the app's terminal." : "Read docs/troubleshoot.md.";
  if (!call.answered) {
    if (call.code === undefined)
      return `${origin} was too slow, or a firewall drops the request. An app is slow just after it starts, so run the command again. ${look}`;
    if (isLoopback(url)) return `No app answers at ${origin} (${call.code}). ${whereItRuns(url)}`;
    return `The connection to ${hostname} failed (${call.code}). Check --url, then this machine's network and DNS. If a proxy inspects TLS, set NODE_EXTRA_CA_CERTS to the file of its certificate.`;
  }
  const { status, judged } = call;
  if (judged.answer === "broken") {
    if (pathname !== "/api/okta/telephony")
      return `The app does not answer at this path. Use --url ${origin}/api/okta/telephony`;
    if (status === 403)
      return `${origin} refuses this machine. Start the app if it is stopped. Otherwise read docs/network.md to allow this machine's address.`;
    return `${origin} did not answer as this app does. Check the host in --url, and that the code is deployed. ${look}`;
  }
  if (status === 401)
    return app === undefined
      ? `${origin} does not accept this secret. Set OKTA_HOOK_SECRET to the hook secret of that app, and OKTA_AUTH_HEADER to its header.`
      : "OKTA_HOOK_SECRET is set in this terminal and is not the secret of the running app. To remove it, run: unset OKTA_HOOK_SECRET";
  if (status === 400)
    return `The app could not read the request. ${causesOf(judged.details)} Check --phone and --locale.`;
  if (status === 503)
    return `The app cannot send codes now. To check its settings, run: curl -sS ${origin}/api/health. If they are valid, find the reason in the app's log, and look it up in docs/troubleshoot.md.`;
  return `To see what ${judged.reason ?? judged.answer} means and what to do, read docs/troubleshoot.md.`;
}

function causesOf(details: object | undefined): string {
  const causes = (Array.isArray(details) ? details : []) as {
    readonly location?: string;
    readonly reason?: string;
  }[];
  return causes.map(({ location, reason }) => `${location}: ${reason}.`).join(" ");
}
