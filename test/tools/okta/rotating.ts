import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startOktaOrg, type OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import { createApi } from "../../../tools/okta/api.ts";
import { askUrl } from "../../../tools/okta/expired-code.ts";
import { createOrg } from "../../../tools/okta/org.ts";
import { rotate } from "../../../tools/okta/rotate.ts";
import { addHook, expectAtMostOneActive } from "./hooks-in-org.ts";
import { apiToken, asAdministrator } from "./signed-in.ts";
import type { VaultSecret } from "../../../tools/okta/vaults.ts";

interface Stored {
  readonly id: string;
  readonly value: string;
  readonly createdOn: Date;
  enabled: boolean;
  changedOn: Date;
}

export type World = Awaited<ReturnType<typeof startWorld>>;

const long = 3_600_000;
export const first = "the-first-hook-secret-of-the-tests";

/**
 * As in src/secrets, each instance accepts the two newest live versions that it has read. An
 * instance reads its vault before it rejects a value, and during a `sleep` of 5 minutes or more.
 * @param behindUrl index of the vault that the app reads. Rotate does not know vault 2.
 */
export async function startWorld(behindUrl = 0) {
  const vaults: Stored[][] = [[], [], []];
  const waits: number[] = [];
  /** Indexes of vaults that refuse a new version. */
  const readOnly = new Set<number>();
  const version = (value: string, createdOn = new Date()): Stored => ({
    id: randomUUID(),
    value,
    createdOn,
    changedOn: createdOn,
    enabled: true,
  });
  const live = (at: number) =>
    (vaults[at] ?? [])
      .filter(({ enabled }) => enabled)
      .toSorted((a, b) => b.createdOn.getTime() - a.createdOn.getTime());
  const readVault = () =>
    live(behindUrl)
      .slice(0, 2)
      .map(({ value }) => value);
  for (const stored of vaults) stored.push(version(first, new Date(Date.now() - long)));

  const instances = [readVault(), readVault()];
  let turn = 0;
  const server = createServer((request, response) => {
    const sent = request.headers.authorization ?? "";
    const forced = request.headers["x-instance"];
    turn = forced === undefined ? (turn + 1) % instances.length : Number(forced);
    if (!instances[turn]?.includes(sent)) instances[turn] = readVault();
    const secretVersion = (instances[turn]?.indexOf(sent) ?? -1) + 1;
    request.resume();
    const details = { outcome: "refused", reason: "expired-code", secretVersion };
    const value = [{ status: "FAILED", transactionMetadata: JSON.stringify(details) }];
    const answer = { commands: [{ type: "com.okta.telephony.action", value }] };
    response.writeHead(secretVersion > 0 ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(secretVersion > 0 ? answer : { error: { errorSummary: "no" } }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;

  const org = await startOktaOrg({ apiToken });
  const headers = [{ key: "x-kept", value: "as it was" }];
  const hookId = addHook(org, "8x8", "ACTIVE", { uri: url, headers, secret: first });
  const real = createOrg(createApi(org.url, asAdministrator));

  const vaultSecret = (at: number): VaultSecret => ({
    vault: `kv-${at}`,
    liveVersions: () => Promise.resolve(live(at)),
    changedOn: () =>
      Promise.resolve(
        new Date(Math.max(...(vaults[at] ?? []).map(({ changedOn }) => changedOn.getTime()))),
      ),
    value: (id) => Promise.resolve(live(at).find((one) => one.id === id)?.value ?? ""),
    add(value) {
      if (readOnly.has(at)) return Promise.reject(new Error("The vault answered HTTP 403."));
      const added = version(value);
      vaults[at]?.push(added);
      return Promise.resolve(added.id);
    },
    disable(id) {
      const found = vaults[at]?.find((one) => one.id === id);
      Object.assign(found ?? {}, { enabled: false, changedOn: new Date() });
      return Promise.resolve();
    },
  });

  /** Wraps a function to record its calls. Only the first `lives` calls succeed. */
  const mortal =
    (lives: number, calls: string[]) =>
    <Args extends unknown[], Value>(name: string, call: (...args: Args) => Promise<Value>) =>
    async (...args: Args): Promise<Value> => {
      if (calls.length >= lives) throw new Error("killed");
      calls.push(name);
      return call(...args);
    };

  return {
    org,
    readOnly,
    /** How long rotate slept, in ms, for each sleep. */
    waits,
    /** @param lives number of calls to vaults, to the hook and to Okta after which rotate is killed. */
    async run(lives = Infinity) {
      const calls: string[] = [];
      const said: string[] = [];
      const wrap = mortal(lives, calls);
      const wrapAll = <Api extends object>(api: Api, of = "") =>
        Object.fromEntries(
          Object.entries(api).map(([name, value]: [string, unknown]) => [
            name,
            typeof value === "function" ? wrap(name + of, value as () => Promise<unknown>) : value,
          ]),
        ) as Api;
      const hook = (await real.hooks()).find(({ id }) => id === hookId);
      if (hook === undefined) throw new Error("There is no hook.");
      const error = await rotate({
        org: wrapAll(real),
        vaults: [0, 1].map((at) => wrapAll(vaultSecret(at), ` kv-${at}`)),
        hook,
        oneInstance: false,
        wanted: { name: "8x8", url, auth: "secret", header: "authorization" },
        ask: wrap("ask", (secret: string) => askUrl(url, "authorization", secret)),
        say: (line) => said.push(line),
        async sleep(ms) {
          waits.push(ms);
          await new Promise((resolve) => setTimeout(resolve, 5));
          if (ms >= 300_000) instances.forEach((_, at) => (instances[at] = readVault()));
          calls.push("slept");
        },
        onChange: () => undefined,
      }).then(
        () => undefined,
        (thrown: unknown) => thrown as Error,
      );
      return { error: error?.message, calls, said };
    },
    hookStatuses: () =>
      Promise.all(
        instances.map(async (_, at) => {
          const headers = { authorization: sends(org, hookId) ?? "", "x-instance": String(at) };
          return (await fetch(url, { method: "POST", headers })).status;
        }),
      ),
    /** Returns the live values of each vault, newest first. */
    liveValues: () => [0, 1].map((at) => live(at).map(({ value }) => value)),
    oktaSends: () => sends(org, hookId),
    addVersion(at: number, value: string, createdOn?: Date) {
      vaults[at]?.push(version(value, createdOn));
    },
    removeVersions(at: number) {
      vaults[at]?.splice(0);
    },
    async close() {
      expectAtMostOneActive(org);
      await org.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

function sends(org: OktaOrg, hookId: string): string | undefined {
  const channel = org.hooks.all().find(({ id }) => id === hookId)?.channel;
  return channel?.type === "HTTP" ? channel.config.authScheme.value : undefined;
}
