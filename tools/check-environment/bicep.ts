// One Bicep compiler that stays: its second answer takes it a third of the time, and what it
// refuses comes back as its words.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly data?: { readonly message?: string } };
}
interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

/** What the compiler says against what it was asked for. */
export class Refusal extends Error {}

/**
 * The methods and their forms:
 * https://github.com/Azure/bicep/blob/main/src/Bicep.Cli/Rpc/ICliJsonRpcProtocol.cs
 */
export interface Bicep {
  /**
   * Rejects with a Refusal, or with another error where it has ended. It keeps what it has read of
   * a path: what changes needs another one.
   */
  call(method: string, params: object): Promise<unknown>;
  stop(): void;
}

/** The compiler that BICEP names, or the one on PATH, or the one that `az bicep install` left. */
export function findCompiler(): string | undefined {
  const { BICEP, PATH = "" } = process.env;
  const places = [...PATH.split(delimiter), join(homedir(), ".azure/bin")].map((folder) =>
    join(folder, "bicep"),
  );
  return (BICEP === undefined || BICEP === "" ? places : [BICEP]).find((path) => existsSync(path));
}

/** The subscription that scripts/snapshot.sh makes up. */
export const noSubscription = "00000000-0000-0000-0000-000000000000";

/**
 * For bicep/getSnapshot, with the ids that scripts/snapshot.sh makes up: a snapshot says what would
 * be asked for, not where.
 */
export function snapshotOptions(
  resourceGroup: string | null,
  subscriptionId = noSubscription,
): object {
  const metadata = {
    tenantId: null,
    subscriptionId,
    resourceGroup,
    location: "westeurope",
    deploymentName: null,
  };
  return { metadata, externalInputs: null };
}

/** With this environment. It keeps this process alive only while somebody waits for an answer. */
export function startBicep(compiler: string, env: NodeJS.ProcessEnv): Bicep {
  const child = spawn(compiler, ["jsonrpc", "--stdio"], {
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.unref();
  for (const stream of [child.stdin, child.stdout]) if (stream instanceof Socket) stream.unref();
  const waiting = new Map<number, Waiting>();
  readMessages(child, (reply) => {
    waiting.get(reply.id)?.resolve(reply);
    waiting.delete(reply.id);
  });
  let ended: Error | undefined;
  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  child.on("error", end).on("close", () => {
    end(new Error("The compiler has ended."));
  });
  child.stdin.on("error", () => undefined);
  let calls = 0;

  return {
    async call(method, params) {
      if (ended !== undefined) throw ended;
      const id = ++calls;
      const message = JSON.stringify({ jsonrpc: "2.0", id, method, params });
      const reply = new Promise<Reply>((resolve, reject) => waiting.set(id, { resolve, reject }));
      child.ref();
      child.stdin.write(`Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);
      const { result, error } = await reply;
      if (waiting.size === 0) child.unref();
      if (error !== undefined) throw new Refusal(error.data?.message ?? error.message);
      return result;
    },
    stop() {
      child.stdin.end();
    },
  };
}

function readMessages(
  child: ChildProcessByStdio<Writable, Readable, null>,
  take: (reply: Reply) => void,
): void {
  let received = Buffer.alloc(0);
  child.stdout.on("data", (part: Buffer) => {
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
