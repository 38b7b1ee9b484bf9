import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claimPort } from "../../tools/local/start/ports.ts";
import type { Certificates } from "../../tools/sandbox/azure/certificates.ts";

export interface Azurite {
  readonly port: number;
  stop(): Promise<void>;
}

/** Azurite emulates Table Storage: https://github.com/Azure/Azurite#oauth-configuration */
export async function startAzurite(account: string, { cert, key }: Certificates): Promise<Azurite> {
  const folder = mkdtempSync(join(tmpdir(), "azurite-"));
  for (const [name, text] of Object.entries({ cert, key }))
    writeFileSync(join(folder, `${name}.pem`), text);
  // Azurite could choose a port itself, but would not print the port.
  const port = await claimPort("0", "");
  const main = process.env["AZURITE"];
  if (main === undefined) throw new Error("AZURITE is not set. Run: npm run test:long");
  const where = ["--cert", join(folder, "cert.pem"), "--key", join(folder, "key.pem")];
  const how = [
    "--tablePort",
    port,
    "--oauth",
    "basic",
    "--inMemoryPersistence",
    "--silent",
    "--disableTelemetry",
  ];
  const env = {
    PATH: process.env["PATH"],
    AZURITE_ACCOUNTS: `${account}:${randomBytes(64).toString("base64")}`,
  };
  const child = spawn(process.execPath, [main, ...where, ...how], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  // Azurite does not exit with its parent process, and jest may exit before the tests stop Azurite.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let printed = "";
  for await (const text of child.stdout.setEncoding("utf8")) {
    printed += String(text);
    if (printed.includes("successfully")) break;
  }
  if (!printed.includes("successfully")) throw new Error(`Azurite did not start: ${printed}`);
  return {
    port: Number(port),
    async stop() {
      process.off("exit", kill);
      kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true });
    },
  };
}
