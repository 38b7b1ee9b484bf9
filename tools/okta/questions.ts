import { stdin, stderr } from "node:process";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Whether somebody says yes. Where nobody can be asked, no. */
export async function confirm(question: string): Promise<boolean> {
  if (!stdin.isTTY) return false;
  const lines = createInterface({ input: stdin, output: stderr });
  const reply = await lines.question(`${question} [y/N] `);
  lines.close();
  return /^y/i.test(reply);
}

/** Unseen from the keyboard, or a line each of standard input. */
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
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  const reply = await lines.question("");
  lines.close();
  stderr.write("\n");
  return reply;
}

async function readLines(): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8").split(/\r?\n/);
}
