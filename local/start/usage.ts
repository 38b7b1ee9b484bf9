import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { knownFaults, parseFault } from "../../sandbox/8x8.ts";
import { isSafe } from "../../src/settings/environment/forms.ts";

export const help = `Serves the built bundle on this machine, against a sandbox that stands in for 8x8.

  npm start -- [options]

  --port PORT          the host's (7071); 0 is any free one
  --sandbox-port PORT  the sandbox's (7072); 0 is any free one
  --okta-port PORT     that of an org of Okta's, for npm run okta (7073); 0 is any free one
  --fault FAULT        how 8x8 fails from the start: ${knownFaults.slice(0, 8).join(", ")},
                       ${knownFaults.slice(8).join(", ")}
  --azure              the app runs as in Azure, against stand-ins for managed identity, Key Vault, Table Storage and
                       Application Insights, which can be made to fail on the phone page
  --host HOST          local (a small host that needs nothing installed), func (Azure Functions Core Tools, as
                       npm run start:func) or none (the sandbox alone) (local)
  --public-url URL     where a tunnel (devtunnel, ngrok, cloudflared) has this machine on the internet: Okta's two routes alone are let
                       through, on --public-port (7074), and npm run okta -- apply --env laptop points a preview org there
  --okta-org URL, --okta-client ID
                       that org, and the service app that npm run okta signs in as; kept for the next start
  --send-for-real      sends through 8x8, with your EIGHT_BY_EIGHT_ settings, to the numbers of --only and to no others
  --only NUMBERS       in E.164, with commas between
  --help               this text

Environment, each made up where it is not set: OKTA_HOOK_SECRET, the hook secret; OKTA_EVENT_SECRET, Okta's with its events; RECEIPT_SECRET, 8x8's with its receipts;
EIGHT_BY_EIGHT_API_KEY, which --host none needs. OKTA_AUTH_HEADER is the header of the secret (authorization). All other settings are the app's: docs/configure.md.`;

export type Usage = ReturnType<typeof readUsage>;

type Env = Readonly<Record<string, string | undefined>>;

/** Throws with words for whoever typed it. */
export function readUsage(args: readonly string[], env: Env) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "7071" },
      "sandbox-port": { type: "string", default: "7072" },
      "okta-port": { type: "string", default: "7073" },
      fault: { type: "string" },
      azure: { type: "boolean", default: false },
      host: { type: "string", default: "local" },
      "public-url": { type: "string" },
      "public-port": { type: "string", default: "7074" },
      "okta-org": { type: "string" },
      "okta-client": { type: "string" },
      "send-for-real": { type: "boolean", default: false },
      only: { type: "string" },
    },
  });
  const { port, "sandbox-port": sandboxPort, "okta-port": oktaPort, host, azure } = values;
  const fault = parseFault({ fault: values.fault });
  if (values.fault !== undefined && fault === undefined)
    throw new Error(`There is no fault "${values.fault}". Those there are: ${knownFaults.join(", ")}.`);
  for (const [option, given] of Object.entries({
    "--port": port,
    "--sandbox-port": sandboxPort,
    "--okta-port": oktaPort,
    "--public-port": values["public-port"],
  }))
    if (!/^\d{1,5}$/.test(given) || Number(given) > 65_535)
      throw new Error(`${option} is a port, which ${given} is not.`);
  if (host !== "local" && host !== "func" && host !== "none") throw new Error("--host is local, func or none.");
  if (host === "none" && !env["EIGHT_BY_EIGHT_API_KEY"])
    throw new Error("--host none takes the key from EIGHT_BY_EIGHT_API_KEY, which is not set.");
  if (!existsSync("dist/main.cjs") && host !== "none")
    throw new Error("There is no bundle in dist/: npm run build makes it.");
  return { port, sandboxPort, oktaPort, host, fault, azure, ...readReal(values) };
}

/** What has to do with the world outside of this machine. */
function readReal(
  values: Partial<Record<"public-url" | "public-port" | "okta-org" | "okta-client" | "only", string>> & {
    readonly "send-for-real": boolean;
  },
) {
  const { "public-url": url, "public-port": port = "", "okta-org": org, "okta-client": clientId } = values;
  const at = URL.parse(url ?? "");
  if (url !== undefined && (at === null || !isSafe(at) || at.origin !== url))
    throw new Error("--public-url is https:// and a host, such as https://abc-7074.euw.devtunnels.ms.");
  if (url === undefined && (org !== undefined || clientId !== undefined))
    throw new Error("--okta-org and --okta-client go with --public-url.");
  const only = values.only?.split(",") ?? [];
  if (values["send-for-real"] !== only.length > 0 || !only.every((number) => /^\+[1-9]\d{6,14}$/.test(number)))
    throw new Error("--send-for-real goes with --only, and that with numbers in E.164, such as +4915112345678.");
  return { open: url === undefined ? undefined : { url, port, org, clientId }, only };
}
