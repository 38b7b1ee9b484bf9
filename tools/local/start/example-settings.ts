import { voices } from "../../sandbox/8x8/speech-profiles.ts";

/** Returns the sandbox's voice profiles, unless the environment sets its own. */
export function exampleSettings(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return env["EIGHT_BY_EIGHT_VOICE_PROFILES"]
    ? {}
    : { EIGHT_BY_EIGHT_VOICE_PROFILES: JSON.stringify(voices) };
}
