import { stdin, stderr } from "node:process";
import { createInterface, type ReadLineOptions } from "node:readline";
import { Writable, type Readable } from "node:stream";

export type Input = Readable & { readonly isTTY?: boolean };

/** Asks a yes-or-no question. Returns false if there is no terminal. */
export async function confirm(question: string, input: Input = stdin): Promise<boolean> {
  if (!input.isTTY) return false;
  stderr.write(`${question} [y/N] `);
  return /^y/i.test(await readLine({ input }));
}

/** Returns the typed line, or undefined if there is no terminal. */
export async function askLine(question: string, input: Input = stdin): Promise<string | undefined> {
  if (!input.isTTY) return undefined;
  return (await readLine({ input, output: stderr, terminal: true, prompt: `${question} ` })).trim();
}

/** The returned function asks at the terminal, and does not show what the person types. */
export function createSecretReader(input: Input = stdin): (what: string) => Promise<string> {
  return async (what) => {
    stderr.write(`${what} (not shown): `);
    const output = new Writable({
      write(_chunk, _encoding, done) {
        done();
      },
    });
    // Readline writes the typed text to `output`, which discards the text.
    const reply = await readLine({ input, output, terminal: true });
    stderr.write("\n");
    return reply;
  };
}

/** Returns an empty string if the input ends. Readline catches Ctrl-C and sends no signal. */
async function readLine(options: ReadLineOptions): Promise<string> {
  const lines = createInterface(options);
  if (options.prompt !== undefined) lines.prompt();
  const line = await new Promise<string>((resolve) => {
    lines.once("line", resolve).once("SIGINT", () => {
      lines.removeAllListeners("close").close();
      process.kill(process.pid, "SIGINT");
      // Keep the process alive until the signal reaches its handler.
      setTimeout(() => undefined, 1_000);
    });
    lines.once("close", () => {
      resolve("");
    });
  });
  lines.close();
  return line;
}

/** Reads what a script pipes in. */
export async function readLines(input: Input): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8").split(/\r?\n/);
}
