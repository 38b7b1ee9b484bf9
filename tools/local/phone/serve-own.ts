import { readdir, readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join } from "node:path";
import * as z from "zod";
import type { OwnRequest } from "../../sandbox/own-requests.ts";

/** If a route throws a Refusal, the server answers with the status and the sentence. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** Returns the answer, or undefined if the route has written the response itself. */
export type Route = (
  request: OwnRequest,
  response: ServerResponse,
) => object | undefined | Promise<object | undefined>;

/** Serves the page's routes and files. Returns false for an unknown path. */
export function createServeOwn(
  folder: string,
  routes: Readonly<Record<string, Route>>,
): (request: OwnRequest, response: ServerResponse) => Promise<boolean> {
  return async (request, response) => {
    const { method, path } = request;
    const key = `${method} ${path}`;
    const route = Object.hasOwn(routes, key) ? routes[key] : undefined;
    if (route === undefined) return method === "GET" && serveFile(folder, path, response);
    const write = (status: number, body: object): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    try {
      const body = await route(request, response);
      if (body !== undefined) write(200, body);
    } catch (error) {
      if (error instanceof Refusal) write(error.status, { error: error.message });
      else if (error instanceof z.ZodError) write(400, { error: sentencesOf(error) });
      else throw error;
    }
    return true;
  };
}

const sentencesOf = ({ issues }: z.ZodError): string =>
  issues
    .map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "))
    .join("\n");

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

async function serveFile(folder: string, path: string, response: ServerResponse): Promise<boolean> {
  const name = path === "/" ? "index.html" : path.slice(1);
  const contentType = contentTypes[extname(name)];
  // Serve only names that the folder lists, because a path could lead out of the folder.
  const isThere = (await readdir(folder)).includes(name);
  if (contentType === undefined || !(isThere || name === "page.js")) return false;
  // Only the installed package has a compiled script.
  const body = isThere ? await readFile(join(folder, name)) : await bundle(folder);
  response.writeHead(200, { "content-type": contentType }).end(body);
  return true;
}

async function bundle(folder: string): Promise<string> {
  // Load esbuild only when a browser opens the page, to keep the start fast.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(folder, "page.tsx")],
    bundle: true,
    format: "esm",
    target: "es2024",
    jsx: "automatic",
    jsxImportSource: "preact",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
