import { existsSync } from "node:fs";
import { knownFaults, parseFault } from "../../sandbox/8x8.ts";
import { assertPort, parseOptions } from "../../parse-options.ts";
import { isSafe } from "../../../src/settings/environment/validators.ts";

const heads = {
  start: `Runs the built app on this machine, with a sandbox in place of 8x8.

  npm start -- [options]`,
  func: `Runs the built app on the real Functions host, with a sandbox in place of 8x8.
You need Azure Functions Core Tools:
https://learn.microsoft.com/azure/azure-functions/functions-run-local

  npm run start:func -- [options]`,
};

const optionsWith = (host: string): string => `
  --port PORT          port of the app (7071)
  --sandbox-port PORT  port of the sandbox and the phone page (7072)
  --okta-port PORT     port of a simulated Okta org, for npm run okta (7073)
                       For each of these three ports, 0 means any free port
  --verbose            also prints the secrets, and more commands for a second terminal
  --fault FAULT        makes 8x8 fail from the start:
${wrapped(knownFaults, 23)}
  --second-hook        starts with a stand-in for another provider's hook, which gets codes that 8x8
                       does not take, and which is active in the simulated Okta org. You can also
                       switch it on for the app in the page's Settings
  --azure              runs the app as in Azure, with stand-ins for managed identity, Key Vault,
                       Table Storage and Application Insights. You can make them fail on the phone
                       page
${host}  --public-url URL     the address of a tunnel (devtunnel, ngrok, cloudflared) that forwards to
                       --public-port. Okta can then call this app's two routes for Okta. To point a
                       preview org at the address, run: npm run okta -- activate --env laptop
  --public-port PORT   port that the tunnel forwards to (7074)
  --okta-org URL       the preview org
  --okta-client ID     client id of the service app for npm run okta. The next start uses the same
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

const hostOption = `  --host HOST          local: a small host that needs no installation. func: Azure Functions Core
                       Tools, as with npm run start:func. none: only the sandbox (local)
`;

/** Lists the words in lines of at most 100 columns. */
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

/** The script `start:func` puts `--host func` first. */
const startsFunc = (args: readonly string[]): boolean => args[0] === "--host" && args[1] === "func";

export const commandOf = (args: readonly string[]): string =>
  startsFunc(args) ? "npm run start:func" : "npm start";

export const helpFor = (args: readonly string[]): string =>
  startsFunc(args)
    ? `${heads.func}\n${optionsWith("")}`
    : `${heads.start}\n${optionsWith(hostOption)}`;

export type Usage = ReturnType<typeof readUsage>;

type Env = Readonly<Record<string, string | undefined>>;

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
      "second-hook": { type: "boolean", default: false },
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
  const secondHook = values["second-hook"];
  const fault = parseFault({ fault: values.fault });
  if (values.fault !== undefined && fault === undefined)
    throw new Error(
      `There is no fault "${values.fault}". The faults are: ${knownFaults.join(", ")}.`,
    );
  for (const option of ["port", "sandbox-port", "okta-port", "public-port"] as const)
    assertPort(`--${option}`, values[option]);
  if (host !== "local" && host !== "func" && host !== "none")
    throw new Error("--host must be local, func or none.");
  refuseSharedPort(values);
  if (host === "none" && !env["EIGHT_BY_EIGHT_API_KEY"])
    throw new Error(
      "--host none needs EIGHT_BY_EIGHT_API_KEY. Set it to the key that the sandbox accepts.",
    );
  if (!existsSync("dist/main.cjs") && host !== "none")
    throw new Error("There is no bundle in dist/. Run: npm run build");
  return {
    port,
    sandboxPort,
    oktaPort,
    host,
    fault,
    azure,
    secondHook,
    verbose,
    ...readReal(values),
  };
}

/** Throws if two servers of this start would have the same port. */
function refuseSharedPort(values: Readonly<Record<string, unknown>>): void {
  const beside = values["public-url"] === undefined ? "okta-port" : "public-port";
  const options = values["host"] === "none" ? [] : ["port", "sandbox-port", beside];
  const given = options.map((name) => [`--${name}`, Number(values[name])] as const);
  for (const [option, port] of given) {
    const other = given.find(([name, same]) => name !== option && same === port);
    if (port !== 0 && other !== undefined)
      throw new Error(
        `${option} and ${other[0]} have the same port ${port}. Choose another port for one of them.`,
      );
  }
}

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
      "--public-url must be https:// and a host, such as https://abc-7074.euw.devtunnels.ms.",
    );
  if (url === undefined && (org !== undefined || clientId !== undefined))
    throw new Error("--okta-org and --okta-client need --public-url.");
  const only = values.only?.split(",") ?? [];
  if (
    values["send-for-real"] !== only.length > 0 ||
    !only.every((number) => /^\+[1-9]\d{6,14}$/.test(number))
  )
    throw new Error(
      "--send-for-real and --only belong together, and --only needs numbers in E.164, such as +4915112345678.",
    );
  return { open: url === undefined ? undefined : { url, port, org, clientId }, only };
}
