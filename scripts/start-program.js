// @ts-check
// Started by scripts/run.js. If a package is missing or a folder cannot be written, prints one
// sentence instead of a stack trace.
import { constants } from "node:os";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const project = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @param {NodeJS.ErrnoException} error
 * @returns {string | undefined}
 */
function explained({ code = "", message, path = "" }) {
  const isMissing =
    /^(?:ERR_)?MODULE_NOT_FOUND$/.test(code) && /package|node_modules/.test(message);
  // If a package is missing, esbuild's error names its own package @esbuild/… or the package that
  // it cannot resolve.
  if (isMissing || /@esbuild\/|Could not resolve "[^."]/.test(message))
    return "Run `npm ci` first, because packages of this project are not installed.";
  const isOurs = resolve(path).startsWith(project);
  if (["EACCES", "EPERM", "EROFS"].includes(code) && isOurs)
    return `This folder cannot be written: ${project}`;
  return undefined;
}

for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error) => {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPIPE") throw error;
    // The reader of the output, such as head, has ended. Shells expect SIGPIPE's exit code.
    process.exit(128 + constants.signals.SIGPIPE);
  });

process.argv.splice(1, 1);
try {
  await import(pathToFileURL(process.argv[1] ?? "").href);
} catch (error) {
  const sentence = explained(/** @type {NodeJS.ErrnoException} */ (error));
  if (sentence === undefined) throw error;
  console.error(sentence);
  process.exitCode = 1;
}
