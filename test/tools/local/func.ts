import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

// Replaces the command `func start --port PORT` of Azure Functions Core Tools. Reads settings in
// the same way:
// https://github.com/Azure/azure-functions-core-tools/blob/main/src/Cli/func/Actions/HostActions/StartHostAction.cs
const [command, , port = ""] = process.argv.slice(2);
if (command !== "start") throw new Error(`There is no func ${String(command)}.`);

const settings = new Map<string, string>();
if (existsSync("local.settings.json")) {
  const { Values } = JSON.parse(readFileSync("local.settings.json", "utf8")) as {
    Values: Record<string, string>;
  };
  for (const [name, value] of Object.entries(Values)) settings.set(name, value);
}
for (const [name, value] of [
  ["WEBSITE_HOSTNAME", `localhost:${port}`],
  ["AZURE_FUNCTIONS_ENVIRONMENT", "Development"],
] as const) {
  // https://github.com/Azure/azure-functions-core-tools/issues/2465
  if (settings.has(name))
    throw new Error(`An item with the same key has already been added. Key: ${name}`);
  settings.set(name, value);
}
// A variable of the environment overrides local.settings.json, but an empty variable does not.
const given = Object.entries(process.env).filter((entry): entry is [string, string] =>
  Boolean(entry[1]),
);

const env = { ...Object.fromEntries(settings), ...Object.fromEntries(given) };
// Core Tools starts a worker process in the app's folder with these arguments. By default the
// worker uses the Node on the PATH. This setting selects another Node:
// https://github.com/Azure/azure-functions-host/pull/3233
const node = env["languageWorkers__node__defaultExecutablePath"] || "node";
const nodeArgs = env["languageWorkers__node__arguments"]?.split(" ") ?? [];
const args = [
  ...nodeArgs,
  join(import.meta.dirname, "../../../tools/local/host.ts"),
  "--port",
  port,
];
const host = spawn(node, args, { env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => host.kill(signal));
host.on("close", () => process.exit());
