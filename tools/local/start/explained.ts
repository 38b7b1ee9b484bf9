import { knownFates, knownFaults } from "../../sandbox/8x8.ts";
import type { RunningApp } from "../../running-app.ts";
import type { Explained } from "../phone/protocol.ts";
import type { LocalOrg } from "./okta-org.ts";
import { commandLine } from "../../command-line.ts";

// The line break puts the terminal's next prompt on its own line.
const curl = "curl -sS -w '\\n' -H 'content-type: application/json'";

export function hookCommand(url: string, ...options: readonly string[]): string {
  const elsewhere = new URL(url).port === "7071" ? [] : [`--url ${url}/api/okta/telephony`];
  const all = [...options, ...elsewhere];
  return commandLine("hook", ...all);
}

/** The commands contain no secret, because the phone page shows them too. */
export function explain(
  sandboxUrl: string,
  app: Pick<RunningApp, "url"> | undefined,
  org: LocalOrg | undefined,
  withAzure: boolean,
): readonly Explained[] {
  const voice = app && {
    title: "Send a code by voice call.",
    command: hookCommand(app.url, "--channel voice"),
  };
  const okta = org && {
    title: `Compare the simulated Okta org at ${org.url} with its okta.json (docs/okta-as-code.md).`,
    command: `source ${org.envFile} && ${commandLine("okta", "plan --env local")}`,
  };
  const accept = org &&
    withAzure && {
      title: "Run the live checks against the stand-ins (docs/live.md).",
      command: `(source ${org.envFile} && ${commandLine("okta", "apply --env local --vault kv-test --yes")}; ${commandLine("accept", "local")})`,
    };
  return [
    voice,
    {
      title: `Make 8x8 fail at the next request. The faults are ${knownFaults.join(", ")}. To end a fault, set fault to none.`,
      command: `${curl} ${sandboxUrl}/sandbox/fault -d '{"fault":"429","retryAfter":1,"times":1}'`,
    },
    {
      title: `Choose what 8x8's receipts report from now on: ${knownFates.join(", ")}.`,
      command: `${curl} ${sandboxUrl}/sandbox/receipt -d '{"receipt":"undelivered","errorCode":1}'`,
    },
    okta,
    accept,
  ].filter((one) => one !== undefined && one !== false);
}
