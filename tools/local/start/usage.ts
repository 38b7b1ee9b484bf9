import { existsSync } from "node:fs";
import { knownFaults, parseFault } from "../../sandbox/8x8.ts";
import { assertPort, parseOptions } from "../../parse-options.ts";
import { isSafe } from "../../../src/settings/environment/validators.ts";

const heads = {
  start: `Serves the built bundle on this machine, against a sandbox that stands in for 8x8.

  npm start -- [options]`,
  func: `Serves the built bundle on the real Functions host, against a sandbox that stands in for 8x8.
It needs Azure Functions Core Tools:
https://learn.microsoft.com/azure/azure-functions/functions-run-local

  npm run start:func -- [options]`,
};

const optionsWith = (host: string): string => `
  --port PORT          port of the host (7071)
  --sandbox-port PORT  port of the sandbox and the phone page (7072)
  --okta-port PORT     port of a made-up Okta org, for npm run okta (7073)
                       0 takes any free port, for each of the three
  --verbose            prints the secrets, and commands for a second terminal
  --fault FAULT        how 8x8 fails from the start:
${wrapped(knownFaults, 23)}
  --azure              the app runs as in Azure, against stand-ins for managed identity, Key Vault,
                       Table Storage and Application Insights. They can fail on the phone page
${host}  --public-url URL     where a tunnel (devtunnel, ngrok, cloudflared) has this machine on the
                       internet. The tunnel leads to --public-port, which lets Okta's two routes
                       through. npm run okta -- apply --env laptop points a preview org there
  --public-port PORT   where the tunnel leads to (7074)
  --okta-org URL, --okta-client ID
                       that org, and the service app that npm run okta signs in as. Both are kept
                       for the next start
  --send-for-real      sends through 8x8, with your EIGHT_BY_EIGHT_ settings, to the numbers of
                       --only and to no others
  --only NUMBERS       in E.164, with commas between
  --help               this text

Environment, each made up if it is not set:
  OKTA_HOOK_SECRET        hook secret
  OKTA_EVENT_SECRET       secret of Okta's events
  RECEIPT_SECRET          secret of 8x8's receipts
  EIGHT_BY_EIGHT_API_KEY  API key of 8x8, which --host none needs
OKTA_AUTH_HEADER is the header of the hook secret (authorization). All other settings are the app's:
docs/configure.md.`;

const hostOption = `  --host HOST          local, a small host that needs nothing installed; func, Azure Functions Core
                       Tools, as npm run start:func; or none, the sandbox alone (local)
`;

/** In lines of at most 100 columns. */
function wrapped(words: readonly string[], indent: number): string {
  const lines = [""];
  for (const [place, word] of words.entries()) {
    const written = place === words.length - 1 ? word : `${word},`;
    const line = `${lines.at(-1)} ${written}`.trimStart();
    if (indent + line.length <= 100) lines[lines.length - 1] = line;
    else lines.push(written);
  }
  return lines.map((line) => " ".repeat(indent) + line).join("\n");
}

/** npm run start:func gives --host func before all else. */
const startsFunc = (args: readonly string[]): boolean => args[0] === "--host" && args[1] === "func";

/** As it is started. */
export const commandOf = (args: readonly string[]): string =>
  startsFunc(args) ? "npm run start:func" : "npm start";

export const helpFor = (args: readonly string[]): string =>
  startsFunc(args)
    ? `${heads.func}\n${optionsWith("")}`
    : `${heads.start}\n${optionsWith(hostOption)}`;

export type Usage = ReturnType<typeof readUsage>;

type Env = Readonly<Record<string, string | undefined>>;

/** Throws with words for the person who typed it. */
export function readUsage(args: readonly string[], env: Env) {
  const values = parseOptions(
    commandOf(args),
    args,
    {
      port: { type: "string", default: "7071" },
      "sandbox-port": { type: "string", default: "7072" },
      "okta-port": { type: "string", default: "7073" },
      verbose: { type: "boolean", default: false },
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
    env,
  );
  const { port, "sandbox-port": sandboxPort, "okta-port": oktaPort, host, azure, verbose } = values;
  const fault = parseFault({ fault: values.fault });
  if (values.fault !== undefined && fault === undefined)
    throw new Error(
      `There is no fault "${values.fault}". Those there are: ${knownFaults.join(", ")}.`,
    );
  for (const option of ["port", "sandbox-port", "okta-port", "public-port"] as const)
    assertPort(`--${option}`, values[option]);
  if (host !== "local" && host !== "func" && host !== "none")
    throw new Error("--host is local, func or none.");
  if (host === "none" && !env["EIGHT_BY_EIGHT_API_KEY"])
    throw new Error("--host none takes the key from EIGHT_BY_EIGHT_API_KEY, which is not set.");
  if (!existsSync("dist/main.cjs") && host !== "none")
    throw new Error("There is no bundle in dist/: npm run build makes it.");
  return { port, sandboxPort, oktaPort, host, fault, azure, verbose, ...readReal(values) };
}

/** What has to do with the world outside of this machine. */
function readReal(
  values: Partial<
    Record<"public-url" | "public-port" | "okta-org" | "okta-client" | "only", string | undefined>
  > & {
    readonly "send-for-real": boolean;
  },
) {
  const {
    "public-url": url,
    "public-port": port = "",
    "okta-org": org,
    "okta-client": clientId,
  } = values;
  const at = URL.parse(url ?? "");
  if (url !== undefined && (at === null || !isSafe(at) || at.origin !== url))
    throw new Error(
      "--public-url is https:// and a host, such as https://abc-7074.euw.devtunnels.ms.",
    );
  if (url === undefined && (org !== undefined || clientId !== undefined))
    throw new Error("--okta-org and --okta-client go with --public-url.");
  const only = values.only?.split(",") ?? [];
  if (
    values["send-for-real"] !== only.length > 0 ||
    !only.every((number) => /^\+[1-9]\d{6,14}$/.test(number))
  )
    throw new Error(
      "--send-for-real goes with --only, and that with numbers in E.164, such as +4915112345678.",
    );
  return { open: url === undefined ? undefined : { url, port, org, clientId }, only };
}
