import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { knownFaults, parseFault } from "../../sandbox/8x8.ts";

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
  --help               this text

Environment, each made up where it is not set: OKTA_HOOK_SECRET, the hook secret; OKTA_EVENT_SECRET, Okta's with its events; RECEIPT_SECRET, 8x8's with its receipts;
EIGHT_BY_EIGHT_API_KEY, which --host none needs. OKTA_AUTH_HEADER is the header of the secret (authorization). All other settings are the app's: docs/configure.md.`;

export type Usage = ReturnType<typeof readUsage>;

export function readUsage() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "7071" },
      "sandbox-port": { type: "string", default: "7072" },
      "okta-port": { type: "string", default: "7073" },
      fault: { type: "string" },
      azure: { type: "boolean", default: false },
      host: { type: "string", default: "local" },
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
  }))
    if (!/^\d{1,5}$/.test(given) || Number(given) > 65_535)
      throw new Error(`${option} is a port, which ${given} is not.`);
  if (host !== "local" && host !== "func" && host !== "none") throw new Error("--host is local, func or none.");
  if (host === "none" && !process.env["EIGHT_BY_EIGHT_API_KEY"])
    throw new Error("--host none takes the key from EIGHT_BY_EIGHT_API_KEY, which is not set.");
  if (!existsSync("dist/main.cjs") && host !== "none")
    throw new Error("There is no bundle in dist/: npm run build makes it.");
  return { port, sandboxPort, oktaPort, host, fault, azure };
}
