import { passOn, readBody, startBetween, type Between } from "./pass-on.ts";

/**
 * Routes that Okta calls. All other routes, such as the phone page, must be unreachable from the
 * internet.
 */
const open: Readonly<Record<string, readonly string[]>> = {
  "/api/okta/telephony": ["POST"],
  "/api/okta/events": ["GET", "POST"],
};

/** Headers that the app reads, besides the hook secret's header. The gateway drops all others. */
const headers = ["authorization", "content-type", "x-okta-verification-challenge"];

/** Starts the server behind the tunnel. */
export function startGateway(
  port: string,
  hostUrl: string,
  authHeader = "authorization",
): Promise<Between> {
  const passed = [...headers, authHeader.toLowerCase()];
  return startBetween("the app", Number(port), async (request, response) => {
    const path = request.url?.split("?", 1)[0] ?? "";
    if (open[path]?.includes(request.method ?? "") !== true) {
      response.writeHead(404, { "content-length": 0 }).end();
      return;
    }
    const url = new URL(path, hostUrl);
    await passOn(request, await readBody(request), { url, headers: passed }, response);
  });
}
