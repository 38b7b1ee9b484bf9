import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isLoopback, isSafe } from "../../../src/settings/environment/validators.ts";
import { refuseTracked } from "../../untracked-file.ts";
import { laptopFile, orgOfConsole, parseWantedState } from "../../okta/wanted-state.ts";

export interface PublicUsage {
  /** Address of the tunnel on the internet, without a path. */
  readonly url: string;
  /** Port on this machine that the tunnel forwards to. */
  readonly port: string;
  /** URL of the preview org. Undefined if the state file of an earlier start has the URL. */
  readonly org: string | undefined;
  readonly clientId: string | undefined;
}

/** https://developer.okta.com/docs/concepts/okta-organizations/ */
const trialOrg = /(?:^|\.)oktapreview\.com$|^(?:dev|trial|integrator)-[\w-]+\.okta\.com$/;

/**
 * Writes the state that `okta activate --env laptop` applies. Throws if an option is
 * missing or wrong.
 */
export function writeOktaState({ url, org, clientId }: PublicUsage): void {
  if ((org === undefined) !== (clientId === undefined))
    throw new Error("--okta-org and --okta-client belong together. Set both.");
  if (clientId !== undefined && !/^0oa\w+$/.test(clientId))
    throw new Error("--okta-client must be the client id of an app, such as 0oa1b2….");
  refuseTracked(laptopFile);
  const before = existsSync(laptopFile)
    ? parseWantedState(readFileSync(laptopFile, "utf8"), laptopFile)
    : undefined;
  const wanted = { org: org ?? before?.org, clientId: clientId ?? before?.clientId };
  if (wanted.org === undefined || wanted.clientId === undefined)
    throw new Error(
      "--public-url needs --okta-org and --okta-client the first time. To create the client, read Real Okta in docs/laptop.md.",
    );
  const at = URL.parse(wanted.org);
  if (at === null || !isSafe(at) || at.origin !== wanted.org)
    throw new Error("--okta-org must be https:// and a host, without a path.");
  const own = orgOfConsole(wanted.org);
  if (own !== undefined) throw new Error(`--okta-org must be the org's own address: ${own}`);
  if (!isLoopback(at) && !trialOrg.test(at.hostname))
    throw new Error(
      "--okta-org must be a preview or trial org: …oktapreview.com, or dev-…, trial-… or integrator-….okta.com. The laptop would get the codes of a production org.",
    );
  const state = {
    ...wanted,
    hook: {
      name: "8x8 laptop",
      url: `${url}/api/okta/telephony`,
      auth: "secret",
      header: authHeader(),
    },
    events: { name: "8x8 laptop outcomes", url: `${url}/api/okta/events`, filter: false },
  };
  mkdirSync(dirname(laptopFile), { recursive: true });
  writeFileSync(laptopFile, `${JSON.stringify(state, null, 2)}\n`);
}

const authHeader = (): string => process.env["OKTA_AUTH_HEADER"] || "authorization";
