import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isLoopback, isSafe } from "../../../src/settings/environment/validators.ts";
import { refuseTracked } from "../../okta/untracked-file.ts";
import { laptopFile, parseWantedState } from "../../okta/wanted-state.ts";

export interface PublicUsage {
  /** The tunnel's address on the internet, without a path. */
  readonly url: string;
  /** The port on this machine that the tunnel forwards to. */
  readonly port: string;
  /** The preview org's URL. Undefined if the state file of an earlier start has it. */
  readonly org: string | undefined;
  readonly clientId: string | undefined;
}

/** Preview and trial orgs: https://developer.okta.com/docs/concepts/okta-organizations/ */
const trialOrg = /(?:^|\.)oktapreview\.com$|^(?:dev|trial|integrator)-[\w-]+\.okta\.com$/;

/**
 * Writes the state that `npm run okta -- apply --env laptop` applies. Throws if an option is
 * missing or wrong.
 */
export function writeOktaState({ url, org, clientId }: PublicUsage): void {
  if ((org === undefined) !== (clientId === undefined))
    throw new Error("--okta-org and --okta-client belong together. Give both.");
  if (clientId !== undefined && !/^0oa\w+$/.test(clientId))
    throw new Error("--okta-client must be the client id of an app, such as 0oa1b2….");
  refuseTracked(laptopFile);
  const before = existsSync(laptopFile)
    ? parseWantedState(readFileSync(laptopFile, "utf8"), laptopFile)
    : undefined;
  const wanted = { org: org ?? before?.org, clientId: clientId ?? before?.clientId };
  if (wanted.org === undefined || wanted.clientId === undefined)
    throw new Error(
      "--public-url needs --okta-org and --okta-client the first time. Read docs/laptop.md, Real Okta.",
    );
  const at = URL.parse(wanted.org);
  if (at === null || !isSafe(at) || at.origin !== wanted.org)
    throw new Error("--okta-org must be https:// and a host, without a path.");
  if (/^[\w-]+-admin\./.test(at.hostname))
    throw new Error("--okta-org must be the org's address without -admin.");
  if (!isLoopback(at) && !trialOrg.test(at.hostname))
    throw new Error(
      "--okta-org must be a preview or trial org: …oktapreview.com, or dev-…, trial-… or integrator-….okta.com. In a production org, people sign in.",
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
