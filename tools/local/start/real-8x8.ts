import { isRecord } from "../../sandbox/8x8/api.ts";
import { refuseForeign } from "../../sandbox/own-requests.ts";
import { isSafe } from "../../../src/settings/environment/validators.ts";
import { parseJson } from "../../../src/privacy/json.ts";
import { describedSettings } from "../../described-settings.ts";
import { print } from "../../terminal.ts";
import { passOn, readBody, startBetween, type Between } from "./pass-on.ts";

/**
 * Starts a server between the app and one of 8x8's real hosts, such as https://sms.8x8.com.
 * @param only Numbers in E.164. A request for another number gets 8x8's answer for an invalid
 * number.
 */
export async function startReal8x8(host: string, only: readonly string[]): Promise<Between> {
  const at = URL.parse(host);
  if (at === null || !isSafe(at))
    throw new Error(
      "8x8's URL must be https, because the API key is sent there. Check the EIGHT_BY_EIGHT_…_URL settings.",
    );
  return startBetween(at.host, 0, async (request, response) => {
    const { method, url: path = "/" } = request;
    // A whole URL, or a path that begins with two slashes, would lead to another host.
    if (!/^\/(?![/\\])/.test(path)) throw new Error("The request's target is not a path.");
    const foreign = refuseForeign(request);
    if (foreign !== undefined) {
      response.writeHead(foreign.status, { "content-length": 0 }).end();
      return;
    }
    const body = await readBody(request);
    const destinations = destinationsIn(parseJson(body.toString("utf8")));
    const isOther =
      destinations.length === 0 || destinations.some((number) => !only.includes(String(number)));
    if (method === "POST" && !path.endsWith("/feedback") && isOther) {
      print("A message was not sent, because its number is not in --only.");
      // 1002 is an invalid destination: https://developer.8x8.com/connect/docs/api-error-codes
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ code: 1002, message: "Invalid MSISDN format" }));
      return;
    }
    const to = { url: new URL(path, host), headers: ["authorization", "content-type"] };
    await passOn(request, body, to, response);
  });
}

function destinationsIn(json: unknown): unknown[] {
  if (Array.isArray(json)) return json.flatMap(destinationsIn);
  if (!isRecord(json)) return [];
  return Object.entries(json).flatMap(([name, value]) =>
    name === "destination" ? [value] : destinationsIn(value),
  );
}

/** Throws if the key or the sub-account is not in `env`. */
export async function startRealHosts(
  env: Readonly<Record<string, string | undefined>>,
  only: readonly string[],
): Promise<{ readonly env: Record<string, string>; readonly close: () => Promise<unknown> }> {
  for (const name of ["EIGHT_BY_EIGHT_API_KEY", "EIGHT_BY_EIGHT_SMS_SUBACCOUNT"])
    if (!env[name]) throw new Error(`--send-for-real needs ${name}. Set it in the environment.`);
  const hosts = describedSettings.filter(({ name }) => /^EIGHT_BY_EIGHT_.*_URL$/.test(name));
  const started = await Promise.all(
    hosts.map(async ({ name, byDefault = "" }) => ({
      name,
      real: await startReal8x8(env[name] || byDefault, only),
    })),
  );
  return {
    env: Object.fromEntries(started.map(({ name, real }) => [name, real.url])),
    close: () => Promise.all(started.map(({ real }) => real.close())),
  };
}
