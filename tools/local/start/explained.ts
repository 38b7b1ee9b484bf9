import { knownFates, knownFaults } from "../../sandbox/8x8.ts";
import type { Explained } from "../phone/protocol.ts";
import type { LocalOrg } from "./okta-org.ts";

// The line break puts the terminal's next prompt on its own line.
export const plainCurl = "curl -sS -w '\\n'";
export const json = "-H 'content-type: application/json'";

const usualPort = "7071";

/** Returns the command `npm run hook`, with --url unless the port is the default. */
export function hookCommand(url: string, option = ""): string {
  const options = [
    option,
    new URL(url).port === usualPort ? "" : `--url ${url}/api/okta/telephony`,
  ].filter(Boolean);
  return ["npm run hook", ...(options.length > 0 ? ["--", ...options] : [])].join(" ");
}

/** Commands for a second terminal. The phone page shows them too, so they contain no secret. */
export function explainSandbox(sandboxUrl: string): readonly Explained[] {
  return [
    {
      title: `Make 8x8 fail at the next request. The faults are ${knownFaults.join(", ")}. To end a fault, use none.`,
      command: `${plainCurl} ${sandboxUrl}/sandbox/fault ${json} -d '{"fault":"429","retryAfter":1,"times":1}'`,
    },
    {
      title: `Choose what 8x8's receipts report from now on: ${knownFates.join(", ")}.`,
      command: `${plainCurl} ${sandboxUrl}/sandbox/receipt ${json} -d '{"receipt":"undelivered","errorCode":1}'`,
    },
  ];
}

export function explainApp(url: string): readonly Explained[] {
  return [
    {
      title: "Send a code by voice call.",
      command: hookCommand(url, "--channel voice"),
    },
    {
      title: "See everything that npm run hook can send.",
      command: "npm run hook -- --help",
    },
  ];
}

/** @param withAzure Whether the stand-in for Key Vault runs. */
export function explainOrg({ url, envFile }: LocalOrg, withAzure: boolean): readonly Explained[] {
  const org = {
    title: `Use the simulated Okta org at ${url} in a terminal (docs/okta-as-code.md). Then run: npm run okta -- plan --env local`,
    command: `source ${envFile}`,
  };
  const accept = {
    title: "Run the live checks against the stand-ins (docs/live.md).",
    command: `(source ${envFile} && npm run okta -- apply --env local --vault kv-test --yes; npm run accept -- local)`,
  };
  return withAzure ? [org, accept] : [org];
}
