/** What a reader of the numbers must know, and does not see in them. */
export const notes = [
  "tutorial, Function (in the targets: the Function): 8x8's guide as a Function, with axios and applicationinsights, which",
  "useAzureMonitor() starts first and with all that it collects by itself, as in Microsoft's quickstarts: its packages in",
  "node_modules, under the same local host. Microsoft advises a bundle for cold starts: the same, built with this project's options,",
  "has a row there, and no target, since 0.4 of it is less than hello world takes.",
  "Its SDK's calls: telemetry and Live Metrics are answered by the stand-in (nobody is watching); the SDK's remote settings",
  "(settings.sdk.monitor.azure.com) meet an unknown name, as they do in this app; Statsbeat is switched off; the metadata",
  "address and the identity are not asked. Incoming requests are not recorded: a real worker has no HTTP server. Its default",
  "sampling sends 5 calls a second, where this app sends an event for every hook. Its log lines are formatted and dropped.",
  "tutorial, Express: the same guide as its authors wrote it. No Functions, no telemetry, so no yardstick and no target.",
  "A real Functions host adds its own cost to each contestant that is a Function: about two thirds of a hook's CPU are the",
  "host's there, and of the 2 to 3 seconds from process start to first answer most are .NET's. Here only the worker's part counts.",
  "1 MB is 1,000,000 bytes.",
];
