/**
 * Returns what people type to run a command of tools/command.js, in a clone and in a company's
 * repository. Without --no, npx would download a package of this name from a registry, where anyone
 * may have published one: https://docs.npmjs.com/cli/v11/commands/npx
 */
export const commandLine = (...words: readonly string[]): string =>
  ["npx --no okta-8x8-telephony", ...words].join(" ");
