// Gets the Bicep compiler's results for infra/, from the cache or from the running compiler.
import { createHash, type Hash } from "node:crypto";
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { basename, dirname, join } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { findCompiler, Refusal } from "./bicep.ts";
import type { CompilerReply, CompilerRequest } from "./compiler-server.ts";
import { isCompanys, readProjectFile, root } from "./snapshot.ts";

export type Placeholders = "allowed" | "unset";

const compiler = findCompiler();

const sources = new Map(
  globSync("**/*.*", { cwd: join(root, "infra") })
    .filter((file) => !file.endsWith(".snapshot.json") && !isCompanys(file))
    .sort()
    .map((file) => [file, readProjectFile(`infra/${file}`)]),
);

const keep = join(root, ".cache/bicep");
const place = join(keep, keyOf());

function keyOf(): string {
  const hash = createHash("sha256");
  if (compiler !== undefined) {
    const { size, mtimeMs } = statSync(compiler);
    addTo(hash, compiler, size, mtimeMs);
  }
  for (const [file, content] of sources) addTo(hash, file, content);
  return hash.digest("hex").slice(0, 32);
}

function addTo(hash: Hash, ...parts: readonly (string | number)[]): void {
  hash.update(JSON.stringify(parts));
}

/** A file in this folder never changes, because the compiler caches files by path. */
function folderOfSources(): string {
  const folder = join(place, "infra");
  if (existsSync(folder)) return folder;
  const half = join(place, `half-${process.pid}`);
  for (const [file, content] of sources) write(join(half, file), content);
  try {
    renameSync(half, folder);
  } catch (error) {
    // Another worker has created the folder in the meantime.
    rmSync(half, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  forgetOthers();
  return folder;
}

/** Keeps the results of four earlier versions, for people who switch branches. */
function forgetOthers(): void {
  const all = globSync("*/", { cwd: keep }).map((name) => join(keep, name));
  const old = all
    .filter((folder) => folder !== place)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const folder of old.slice(4)) rmSync(folder, { recursive: true, force: true });
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const fromEnvironment = "readEnvironmentVariable('PLACEHOLDERS', 'refused')";

function withPlaceholders(text = ""): string {
  if (!text.includes(fromEnvironment)) throw new Error(`No file has ${fromEnvironment}.`);
  return text.replace(fromEnvironment, "'allowed'");
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
  const content = placeholders === "unset" ? given : withPlaceholders(given ?? sources.get(file));
  const hash = createHash("sha256");
  addTo(hash, method, file, content ?? "", JSON.stringify(more));
  const id = hash.digest("hex").slice(0, 32);
  const kept = join(place, `${id}.json`);
  const said = existsSync(kept) ? readFileSync(kept, "utf8") : undefined;
  const reply = said === undefined ? await compile() : (JSON.parse(said) as CompilerReply);
  if ("refusal" in reply) throw new Refusal(reply.refusal);
  return reply.result as T;

  async function compile(): Promise<CompilerReply> {
    const name = content === undefined ? file : join(dirname(file), `${id}-${basename(file)}`);
    const path = join(folderOfSources(), name);
    if (content !== undefined) write(path, content);
    const request: CompilerRequest = { method, params: { path, ...more } };
    const server = connect(process.env["BICEP_SERVER"] ?? "");
    server.write(`${JSON.stringify(request)}\n`);
    const answer = await readAll(server);
    if (answer === "") throw new Error("The compiler has ended.");
    const half = `${kept}-${process.pid}`;
    write(half, answer);
    renameSync(half, kept);
    return JSON.parse(answer) as CompilerReply;
  }
}
