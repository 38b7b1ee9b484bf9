// func's worker loads this file first, to print each of the app's events as a line. The file is
// JavaScript because func uses the Node on the PATH, and Node before 22.18 does not load TypeScript
// by default: https://nodejs.org/api/typescript.html#type-stripping
if (process.features.typescript) await import("./print-events.ts");
else
  process.stderr.write(
    `Warning: Node ${process.version} cannot print the app's events. Use Node 22.18 or newer.\n`,
  );
