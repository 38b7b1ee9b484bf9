// One Bicep compiler that stays, spoken to by JSON-RPC: a snapshot takes it a second, and a new one several to start.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

interface Reply {
  readonly id: number;
  readonly result?: { readonly snapshot: string };
  readonly error?: { readonly message: string };
}

export interface Compiler {
  /** What would be asked of Azure, as scripts/snapshot.sh writes it but for the order of outputs. */
  snapshot(parameterFile: string, resourceGroup: string | null): Promise<string>;
  stop(): void;
}

export function startCompiler(): Compiler {
  const pinned = join(homedir(), ".azure/bin/bicep");
  const child = spawn(process.env["BICEP"] ?? (existsSync(pinned) ? pinned : "bicep"), ["jsonrpc", "--stdio"], {
    env: { ...process.env, PLACEHOLDERS: "allowed" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  readMessages(child, (reply) => waiting.get(reply.id)?.(reply));
  let calls = 0;

  return {
    async snapshot(path, resourceGroup) {
      const id = ++calls;
      const metadata = {
        tenantId: null,
        subscriptionId: "00000000-0000-0000-0000-000000000000",
        resourceGroup,
        location: "westeurope",
        deploymentName: null,
      };
      const params = { path, metadata, externalInputs: null };
      const message = JSON.stringify({ jsonrpc: "2.0", id, method: "bicep/getSnapshot", params });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);
      const { result, error } = await new Promise<Reply>((resolve) => waiting.set(id, resolve));
      if (result === undefined) throw new Error(`${path} does not compile: ${error?.message ?? ""}`);
      return result.snapshot;
    },
    stop() {
      child.kill();
    },
  };
}

function readMessages(child: ChildProcess, take: (reply: Reply) => void): void {
  let received = Buffer.alloc(0);
  child.stdout?.on("data", (part: Buffer) => {
    received = Buffer.concat([received, part]);
    for (;;) {
      const end = received.indexOf("\r\n\r\n") + 4;
      const length = Number(/Content-Length: (\d+)/.exec(received.toString("latin1", 0, end))?.[1]);
      if (end < 4 || received.length < end + length) return;
      take(JSON.parse(received.toString("utf8", end, end + length)) as Reply);
      received = received.subarray(end + length);
    }
  });
}
