import { readSuites } from "./reached.ts";

/**
 * Jest's filter: with a mutant, only the suites that reach it.
 * https://jestjs.io/docs/cli#--filterfile
 */
function filter(paths: readonly string[]): { filtered: readonly string[] } {
  const mutant = process.env["__STRYKER_ACTIVE_MUTANT__"];
  if (mutant === undefined) return { filtered: paths };
  const reaching = readSuites().filter(({ mutants }) => mutants.includes(mutant));
  return {
    filtered: paths.filter((path) => reaching.some(({ suite }) => path.endsWith(`/test/${suite}`))),
  };
}

// Jest requires it as a CommonJS module:
// https://nodejs.org/api/modules.html#loading-ecmascript-modules-using-require
export { filter as "module.exports" };
