// main.ts imports this file first, because undici's error on an older Node.js gives no reason.
// undici needs zstd from node:zlib, which Node.js has since 22.15:
// https://nodejs.org/api/zlib.html#zlibcreatezstddecompressoptions
const { version } = process;
const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
if (major < 22 || (major === 22 && minor < 15))
  throw new Error(
    `This app needs Node 22.15 or newer. The Functions host started it with ${version}. On a laptop, put a newer Node ` +
      "first on the PATH, or set languageWorkers__node__defaultExecutablePath: see docs/laptop.md.",
  );
