// A later call to the same compiler process takes a third of the first call's time.
import { type ChildProcessByStdio, spawn } from "node:child_process";
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

/** Thrown if the compiler reports an error. Has the compiler's message. */
export class Refusal extends Error {}

/**
 * The compiler's methods and their parameters:
 * https://github.com/Azure/bicep/blob/main/src/Bicep.Cli/Rpc/ICliJsonRpcProtocol.cs
 */
export interface Bicep {
  /** Rejects with a Refusal. The compiler caches files by path: a changed file needs a new path. */
  call(method: string, params: object): Promise<unknown>;
  stop(): void;
}

export const noSubscription = "00000000-0000-0000-0000-000000000000";

/** Where a template is deployed. Without a group, it is deployed to the subscription. */
export interface Place {
  readonly group: string | null;
  readonly subscription?: string | undefined;
  readonly region?: string | undefined;
}

/** By default, the place is made up, as in scripts/snapshot.sh. */
export function snapshotOptions({
  group,
  subscription = noSubscription,
  region = "westeurope",
}: Place): object {
  const metadata = {
    tenantId: null,
    subscriptionId: subscription,
    resourceGroup: group,
    location: region,
    deploymentName: null,
  };
  return { metadata, externalInputs: null };
}

/** Starts the compiler. The compiler keeps this process alive only while a call is pending. */
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
    end(new Error("The Bicep compiler ended unexpectedly. Run the command again."));
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
