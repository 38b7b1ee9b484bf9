// One Bicep compiler serves all workers of a jest run, and starts when a worker first needs it.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Bicep, findCompiler, Refusal, startBicep } from "./bicep.ts";

/** Each request or reply is one line of JSON. Without a reply, the compiler has ended. */
export interface CompilerRequest {
  readonly method: string;
  readonly params: object;
}
export type CompilerReply = { readonly result: unknown } | { readonly refusal: string };

/** Listens until this process ends. Workers read the address from the variable BICEP_SERVER. */
export async function startCompilerServer(): Promise<void> {
  const compiler = findCompiler();
  if (compiler === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), "bicep-server-"));
  let bicep: Bicep | undefined;

  async function answer(line: string): Promise<CompilerReply> {
    const { method, params } = JSON.parse(line) as CompilerRequest;
    bicep ??= startBicep(compiler ?? "");
    try {
      return { result: await bicep.call(method, params) };
    } catch (error) {
      if (error instanceof Refusal) return { refusal: error.message };
      throw error;
    }
  }

  const server = createServer((socket: Socket) => {
    socket.on("error", () => undefined);
    createInterface(socket).once("line", (line) => {
      answer(line).then(
        (reply) => socket.end(JSON.stringify(reply)),
        () => socket.end(),
      );
    });
  });
  const path = join(folder, "socket");
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject).listen(path, resolve);
  });
  // Without unref, the server would keep jest running after the tests.
  server.unref();
  process.on("exit", () => {
    bicep?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  process.env["BICEP_SERVER"] = path;
}
