import { existsSync } from "node:fs";
import { join } from "node:path";
import { assertPort, parseOptions } from "../../parse-options.ts";
import { isSafe } from "../../../src/settings/environment/validators.ts";
import { commandLine } from "../../command-line.ts";
import { product } from "../../product.ts";

export const help = `Runs the built app on this machine, with a sandbox in place of 8x8.

  ${commandLine("start", "[options]")}

  --port PORT          port of the app (7071)
  --sandbox-port PORT  port of the sandbox and the phone page (7072)
  --okta-port PORT     port of a simulated Okta org, for the command okta (7073)
                       For each of these three ports, 0 means any free port
  --verbose            also prints the secrets, and more commands for a second terminal
  --second-hook        starts with a stand-in for another provider's hook. The app sends it the
                       codes that 8x8 does not take. The stand-in is also the active hook of the
                       simulated Okta org. You can also switch it on in the page's Settings
  --azure              runs the app as in Azure, with stand-ins for managed identity, Key Vault,
                       Table Storage and Application Insights. You can make them fail on the phone
                       page
  --host HOST          local: a small host that needs no installation (the default). func: Azure
                       Functions Core Tools. none: only the sandbox
  --public-url URL     the address of a tunnel (devtunnel, ngrok, cloudflared) that forwards to
                       --public-port. Okta can then call this app's two routes for Okta. To point a
                       preview org at the address, run: okta activate --env laptop
  --public-port PORT   port that the tunnel forwards to (7074)
  --okta-org URL       the preview org
  --okta-client ID     client id of the service app for okta. The next start uses the same
                       org and client id
  --send-for-real      sends through 8x8, with your EIGHT_BY_EIGHT_… settings, but only to the
                       numbers of --only
  --only NUMBERS       numbers in E.164, separated by commas
  --help               prints this text

Environment variables. A secret that is not set is generated:
  OKTA_HOOK_SECRET        hook secret
  OKTA_EVENT_SECRET       secret of Okta's events
  RECEIPT_SECRET          secret of 8x8's receipts
  EIGHT_BY_EIGHT_API_KEY  8x8's API key. --host none needs it
  OKTA_AUTH_HEADER        the header that carries the hook secret (authorization)
The app gets all its other settings from the environment too: docs/configure.md`;

export type Usage = ReturnType<typeof readUsage>;

type Env = Readonly<Record<string, string | undefined>>;

/** @throws Error if an option is wrong. The message says what is wrong. */
export function readUsage(args: readonly string[], env: Env) {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const flag = { type: "boolean", default: false } as const;
  const {
    host,
    "sandbox-port": sandboxPort,
    "okta-port": oktaPort,
    "public-port": publicPort,
    "public-url": url,
    "okta-org": org,
    "okta-client": clientId,
    "second-hook": secondHook,
    "send-for-real": isReal,
    only: numbers,
    ...rest
  } = parseOptions(
    commandLine("start"),
    args,
    {
      port: text("7071"),
      "sandbox-port": text("7072"),
      "okta-port": text("7073"),
      verbose: flag,
      azure: flag,
      "second-hook": flag,
      host: text("local"),
      "public-url": { type: "string" },
      "public-port": text("7074"),
      "okta-org": { type: "string" },
      "okta-client": { type: "string" },
      "send-for-real": flag,
      only: { type: "string" },
    },
    env,
  );
  const { port } = rest;
  const ports = { port, "sandbox-port": sandboxPort, "okta-port": oktaPort };
  for (const [option, given] of Object.entries({ ...ports, "public-port": publicPort }))
    assertPort(`--${option}`, given);
  if (host !== "local" && host !== "func" && host !== "none")
    throw new Error("--host must be local, func or none.");
  if (host === "none" && !env["EIGHT_BY_EIGHT_API_KEY"])
    throw new Error(
      "--host none needs EIGHT_BY_EIGHT_API_KEY. Set it to the key that the sandbox accepts.",
    );
  if (!existsSync(join(product, "dist/main.cjs")) && host !== "none")
    throw new Error("There is no bundle in dist/. Run: npm run build");
  const at = URL.parse(url ?? "");
  if (url !== undefined && (at === null || !isSafe(at) || at.origin !== url))
    throw new Error(
      "--public-url must be https:// and a host, such as https://abc-7074.euw.devtunnels.ms.",
    );
  if (url === undefined && (org !== undefined || clientId !== undefined))
    throw new Error("--okta-org and --okta-client need --public-url.");
  const only = numbers?.split(",") ?? [];
  if (isReal !== only.length > 0 || !only.every((number) => /^\+[1-9]\d{6,14}$/.test(number)))
    throw new Error(
      "--send-for-real and --only belong together, and --only needs numbers in E.164, such as +4915112345678.",
    );
  const open = url === undefined ? undefined : { url, port: publicPort, org, clientId };
  return { ...rest, host, sandboxPort, oktaPort, secondHook, open, only } as const;
}
