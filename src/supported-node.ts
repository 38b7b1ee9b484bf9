// The first import of main.ts: on an older Node a library dies while it is loaded, with words that say nothing of the reason.
const oldest = 22;
const { version } = process;
if (Number.parseInt(version.slice(1), 10) < oldest)
  throw new Error(
    `This app needs Node ${oldest} or newer, and the Functions host started it with ${version}. On a laptop, ` +
      "languageWorkers__node__defaultExecutablePath tells func start which Node to take: docs/laptop.md says how.",
  );
