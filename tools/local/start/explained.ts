import { knownFates, knownFaults } from "../../sandbox/8x8.ts";
import type { Explained } from "../phone/protocol.ts";
import type { LocalOrg } from "./okta-org.ts";

// A terminal's next prompt on a line of its own.
export const plainCurl = "curl -sS -w '\\n'";
export const json = "-H 'content-type: application/json'";

const usualPort = "7071";

/** `npm run hook`, with the URL if it is not the command's own default. */
export function hookCommand(url: string, option = ""): string {
  const options = [
    option,
    new URL(url).port === usualPort ? "" : `--url ${url}/api/okta/telephony`,
  ].filter(Boolean);
  return ["npm run hook", ...(options.length > 0 ? ["--", ...options] : [])].join(" ");
}

/** Commands for a second terminal, without a secret: the phone page shows them too. */
export function explainSandbox(sandboxUrl: string): readonly Explained[] {
  return [
    {
      title: `Make 8x8 fail at the next request. The faults are ${[...knownFaults, "none"].join(", ")}; none ends a fault.`,
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
      title: "List all that npm run hook can send.",
      command: "npm run hook -- --help",
    },
  ];
}

/** @param withAzure There is a vault for the secrets. */
export function explainOrg({ url, envFile }: LocalOrg, withAzure: boolean): readonly Explained[] {
  const org = {
    title: `Let a terminal use the made-up Okta org at ${url} (docs/okta-as-code.md). Then run: npm run okta -- plan --env local`,
    command: `source ${envFile}`,
  };
  const accept = {
    title: "Try against the stand-ins what was never tried live (docs/live.md).",
    command: `(source ${envFile} && npm run okta -- apply --env local --vault kv-test --yes; npm run accept -- local)`,
  };
  return withAzure ? [org, accept] : [org];
}
