// One Bicep compiler serves all workers of a jest run, and starts when a worker first needs it.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { type Bicep, findCompiler, Refusal, startBicep } from "./bicep.ts";

/** Each request or reply is one line of JSON. */
export interface CompilerRequest {
  readonly method: string;
  /** Path below infra/. */
  readonly file: string;
  /** Replaces the text of the file. */
  readonly content: string | undefined;
  readonly more: object;
}
export type CompilerReply =
  { readonly result: unknown } | { readonly refusal: string } | { readonly failure: string };

/** Listens until this process ends. Workers read the address from the variable BICEP_SERVER. */
export async function startCompilerServer(): Promise<void> {
  const compiler = findCompiler();
  if (compiler === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), "bicep-server-"));
  const infra = join(folder, "infra");
  let bicep: Bicep | undefined;
  const replies = new Map<string, Promise<CompilerReply>>();

  function start(program: string): Bicep {
    cpSync("infra", infra, { recursive: true });
    return startBicep(program);
  }

  async function compile(line: string, program: string): Promise<CompilerReply> {
    const { method, file, content, more } = JSON.parse(line) as CompilerRequest;
    bicep ??= start(program);
    // The compiler caches files by path.
    const given = join(dirname(file), `${replies.size}-${basename(file)}`);
    const path = join(infra, content === undefined ? file : given);
    if (content !== undefined) {
      // A company's environment is not in infra/.
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    try {
      return { result: await bicep.call(method, { path, ...more }) };
    } catch (error) {
      if (error instanceof Refusal) return { refusal: error.message };
      throw error;
    }
  }

  const server = createServer((socket: Socket) => {
    socket.on("error", () => undefined);
    createInterface(socket).once("line", (line) => {
      const reply = replies.get(line) ?? compile(line, compiler);
      replies.set(line, reply);
      reply.then(
        (it) => socket.end(JSON.stringify(it)),
        (error: unknown) => socket.end(JSON.stringify({ failure: String(error) })),
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
