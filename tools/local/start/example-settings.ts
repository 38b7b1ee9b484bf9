import { voices } from "../../sandbox/8x8/speech-profiles.ts";

/** Returns settings for the sandbox that the environment does not have. */
export function exampleSettings(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return env["EIGHT_BY_EIGHT_VOICE_PROFILES"]
    ? {}
    : { EIGHT_BY_EIGHT_VOICE_PROFILES: JSON.stringify(voices) };
}
