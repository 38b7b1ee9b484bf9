import { once } from "node:events";
import { stdin, stderr } from "node:process";
import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";

/** Whether somebody says yes. False where there is no terminal. */
export async function confirm(question: string): Promise<boolean> {
  if (!stdin.isTTY) return false;
  stderr.write(`${question} [y/N] `);
  return /^y/i.test(await readLine(createInterface({ input: stdin })));
}

/** Typed without echo, or a line of standard input each. */
export function createSecretReader(): (what: string) => Promise<string> {
  let piped: Promise<string[]> | undefined;
  return async (what) => {
    if (stdin.isTTY) return ask(what);
    piped ??= readLines();
    return (await piped).shift() ?? "";
  };
}

async function ask(what: string): Promise<string> {
  stderr.write(`${what} (unseen): `);
  const nowhere = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  // A terminal of its own, so that it is not echoed.
  const reply = await readLine(createInterface({ input: stdin, output: nowhere, terminal: true }));
  stderr.write("\n");
  return reply;
}

/** Empty where the input ends instead. */
async function readLine(lines: Interface): Promise<string> {
  const line = await Promise.race([once(lines, "line"), once(lines, "close")]);
  lines.close();
  return String(line[0] ?? "");
}

async function readLines(): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8").split(/\r?\n/);
}
