import { refuseUnknownNames } from "../environment-names.ts";
import { createApi } from "./api.ts";
import { commands } from "./commands.ts";
import { createOrg } from "./org.ts";
import { confirm, type Input } from "../questions.ts";
import { wordsOf } from "./okta-error.ts";
import { signInFor } from "./sign-in-from-environment.ts";
import { hostTrust } from "./trusted-hosts.ts";
import { realTiming, type Timing } from "./waiting.ts";
import { trustOrg } from "./trusted-org.ts";
import { readUsage, type Usage } from "./usage.ts";
import { readWantedState } from "./wanted-state.ts";
import { commandLine } from "../command-line.ts";

interface Terminal {
  readonly input: Input;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
  /** Called before the first change. */
  readonly onChange: () => void;
  readonly timing?: Timing;
}

export async function okta(
  args: readonly string[],
  { input, print, printError, onChange, timing = realTiming }: Terminal,
): Promise<number> {
  let usage: Usage;
  try {
    refuseUnknownNames(process.env);
    usage = readUsage(args);
  } catch (error) {
    printError(`${wordsOf(error)}\nFor the options, run: ${commandLine("okta", "--help")}`);
    return 64;
  }
  try {
    const wanted = readWantedState(usage.environment);
    await trustOrg(wanted.org, (question) => confirm(question, input));
    const onWait = (seconds: number) => {
      printError(`Waiting ${seconds} s for Okta's rate limit.`);
    };
    const trustHosts = hostTrust(usage, wanted, (question) => confirm(question, input));
    const signIn = await signInFor(usage, wanted);
    const org = createOrg(createApi(wanted.org, signIn, onWait));
    const work = { org, wanted, usage, input, say: print, trustHosts, onChange, timing };
    return await commands[usage.command](work);
  } catch (error) {
    printError(wordsOf(error));
    return 1;
  }
}
