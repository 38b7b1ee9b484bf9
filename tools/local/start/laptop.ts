import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isLoopback, isSafe } from "../../../src/settings/environment/validators.ts";
import { refuseTracked } from "../../okta/untracked-file.ts";
import { laptopFile, parseWantedState } from "../../okta/wanted-state.ts";

export interface PublicUsage {
  /** Where the tunnel is on the internet, without a path. */
  readonly url: string;
  /** Where the tunnel leads to, on this machine. */
  readonly port: string;
  /** Of the preview org; undefined where the file of an earlier start has it. */
  readonly org: string | undefined;
  readonly clientId: string | undefined;
}

/** Orgs that are for trying: https://developer.okta.com/docs/concepts/okta-organizations/ */
const forTrying = /(?:^|\.)oktapreview\.com$|^(?:dev|trial|integrator)-[\w-]+\.okta\.com$/;

/**
 * Throws, with a sentence for whoever typed it, where a preview org could not be pointed at this
 * machine.
 */
export function writeOktaState({ url, org, clientId }: PublicUsage): void {
  if ((org === undefined) !== (clientId === undefined))
    throw new Error("--okta-org goes with --okta-client.");
  if (clientId !== undefined && !/^0oa\w+$/.test(clientId))
    throw new Error("--okta-client is the client id of an app, such as 0oa1b2….");
  refuseTracked(laptopFile);
  const before = existsSync(laptopFile)
    ? parseWantedState(readFileSync(laptopFile, "utf8"), laptopFile)
    : undefined;
  const wanted = { org: org ?? before?.org, clientId: clientId ?? before?.clientId };
  if (wanted.org === undefined || wanted.clientId === undefined)
    throw new Error(
      "--public-url wants --okta-org and --okta-client once: docs/laptop.md, Real Okta.",
    );
  const at = URL.parse(wanted.org);
  if (at === null || !isSafe(at) || at.origin !== wanted.org)
    throw new Error("--okta-org is https:// and a host.");
  if (/^[\w-]+-admin\./.test(at.hostname))
    throw new Error("--okta-org is the org's own address, without -admin.");
  if (!isLoopback(at) && !forTrying.test(at.hostname))
    throw new Error(
      "--okta-org is no org for trying (…oktapreview.com, dev-…, trial-… or integrator-….okta.com): people sign in there.",
    );
  const state = {
    ...wanted,
    hook: {
      name: "8x8 laptop",
      url: `${url}/api/okta/telephony`,
      auth: "secret",
      header: authHeader(),
    },
    phone: { sms: true, voice: true, allowedFor: "any" },
    events: { name: "8x8 laptop outcomes", url: `${url}/api/okta/events`, filter: false },
  };
  writeFileSync(laptopFile, `${JSON.stringify(state, null, 2)}\n`);
}

const authHeader = (): string => process.env["OKTA_AUTH_HEADER"] || "authorization";
