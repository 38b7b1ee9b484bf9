// Preloaded into func's worker, where it prints each of the app's events as a line. It is
// JavaScript because func runs the Node on the PATH, and Node before 22.18 loads no TypeScript by
// itself: https://nodejs.org/api/typescript.html#type-stripping
if (process.features.typescript) await import("./print-events.ts");
else
  process.stderr.write(
    `Warning: Node ${process.version} cannot print the app's events. Use Node 22.18 or newer.\n`,
  );
