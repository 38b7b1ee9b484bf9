import { subscribe } from "node:diagnostics_channel";

// The worker of func loads this file before the app, to print each event of the app as a line. The
// file is JavaScript because func may use an older Node: before 22.18, Node does not load
// TypeScript by default.
// https://nodejs.org/api/typescript.html#type-stripping
if (process.features.typescript) {
  const { lineOf, timed } = await import("./event-line.ts");
  const { print } = await import("../terminal.ts");
  subscribe("okta-8x8-telephony:event", (event) => {
    print(timed(lineOf(event)));
  });
} else
  process.stderr.write(
    `Warning: Node ${process.version} cannot print the app's events. Use Node 22.18 or newer.\n`,
  );
