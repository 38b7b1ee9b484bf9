// Gets the Bicep compiler's results for infra/.
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { Refusal } from "./bicep.ts";
import type { CompilerReply, CompilerRequest } from "./compiler-server.ts";
import { readProjectFile } from "./snapshot.ts";

export type Placeholders = "allowed" | "unset";

const fromEnvironment = "readEnvironmentVariable('PLACEHOLDERS', 'refused')";

function withPlaceholders(content: string): string {
  if (!content.includes(fromEnvironment)) throw new Error(`No file has ${fromEnvironment}.`);
  return content.replace(fromEnvironment, "'allowed'");
}

/** If given, `content` replaces the text of the file. Rejects with the compiler's errors. */
export async function ask<T>(
  method: string,
  file: string,
  {
    content: given,
    placeholders = "unset",
  }: { readonly content?: string | undefined; readonly placeholders?: Placeholders },
  more: object = {},
): Promise<T> {
  // One compiler serves all requests, so PLACEHOLDERS cannot be an environment variable.
  const content =
    placeholders === "unset" ? given : withPlaceholders(given ?? readProjectFile(`infra/${file}`));
  const request: CompilerRequest = { method, file, content, more };
  const server = connect(process.env["BICEP_SERVER"] ?? "");
  server.write(`${JSON.stringify(request)}\n`);
  const reply = JSON.parse(await text(server)) as CompilerReply;
  if ("failure" in reply) throw new Error(reply.failure);
  if ("refusal" in reply) throw new Refusal(reply.refusal);
  return reply.result as T;
}
