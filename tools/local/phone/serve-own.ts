import type { ServerResponse } from "node:http";
import * as z from "zod";
import type { Sandbox8x8Options } from "../../sandbox/8x8.ts";
import { readPageFile } from "./page-files.ts";
import { wrong, type RouteAnswer, type createRoutes } from "./routes.ts";

/** Serves the page's files and its routes. */
export function createServeOwn(
  folder: string,
  routeOf: ReturnType<typeof createRoutes>,
): NonNullable<Sandbox8x8Options["serveOwn"]> {
  return async (request, response) => {
    const route = routeOf(request);
    if (route !== undefined) {
      try {
        write(response, await route(request, response));
      } catch (error) {
        write(response, wrong(...problemOf(error)));
      }
      return true;
    }
    const file = request.method === "GET" ? await readPageFile(folder, request.path) : undefined;
    if (file === undefined) return false;
    response.writeHead(200, { "content-type": file.contentType }).end(file.body);
    return true;
  };
}

function write(response: ServerResponse, answer: RouteAnswer): void {
  if (answer === undefined) return;
  const { status, body } = answer;
  const isText = typeof body === "string";
  response.writeHead(status, {
    "content-type": isText ? "text/plain; charset=utf-8" : "application/json",
  });
  response.end(isText ? body : JSON.stringify(body));
}

function problemOf(error: unknown): [status: number, sentence: string] {
  if (error instanceof z.ZodError)
    return [
      400,
      error.issues
        .map(({ path, message }) => `${path.join(".") || "The body"}: ${message}`)
        .join("; "),
    ];
  if (error instanceof RangeError) return [400, error.message];
  throw error;
}
