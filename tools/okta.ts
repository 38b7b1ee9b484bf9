import { refuseUnknownNames } from "./environment-names.ts";
import { createApi } from "./okta/api.ts";
import { commands } from "./okta/commands.ts";
import { createOrg } from "./okta/org.ts";
import { signInFor } from "./okta/sign-in-from-environment.ts";
import { help, readUsage, type Usage } from "./okta/usage.ts";
import { readWantedState } from "./okta/wanted-state.ts";
import { printError } from "../local/terminal.ts";
import { answerHelp } from "../scripts/usage.ts";

async function run(usage: Usage): Promise<number> {
  const wanted = readWantedState(usage.environment);
  const onWait = (seconds: number) => {
    printError(`Okta's rate limit: waiting ${seconds} s.`);
  };
  const signIn = await signInFor(usage, wanted, onWait);
  return commands[usage.command]({ org: createOrg(createApi(wanted.org, signIn, { onWait })), wanted, usage });
}

const words = (error: unknown): string => (error instanceof Error ? error.message : "It failed.");

/** Undefined where it was wrong, which is said. */
function usageOrWords(): Usage | undefined {
  try {
    refuseUnknownNames(process.env);
    return readUsage(process.argv.slice(2));
  } catch (error) {
    printError(`${words(error)}\nnpm run okta -- --help says more.`);
    return undefined;
  }
}

answerHelp(help);
const usage = usageOrWords();
process.exitCode =
  usage === undefined
    ? 64
    : await run(usage).catch((error: unknown) => {
        printError(words(error));
        return 1;
      });
