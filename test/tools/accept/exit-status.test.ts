import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { apiKey, hookSecret } from "../../app.ts";
import { eventSecret } from "../../functions/outcomes-in-azure.ts";
import { typeAnswers, type Answers } from "../../scripts/terminal.ts";
import { apiToken } from "../okta/signed-in.ts";
import { startWorld, type World } from "./world.ts";

// No name server knows these: https://www.rfc-editor.org/rfc/rfc2606#section-2
const org = "login.acme.invalid";
const app = "func-octo.acme.invalid";
const main = resolve("tools/accept/main.ts");

let world: World;
let folder: string;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.reset();
  folder = mkdtempSync(join(tmpdir(), "accept-"));
  execFileSync("git", ["init", "--quiet", folder]);
  for (const environment of ["test", "other"])
    want(environment, `https://${org}`, `https://${app}`);
  want("local", world.okta.url, world.app.url);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function want(environment: string, org: string, app: string): void {
  const directory = join(folder, "infra/environments", environment);
  mkdirSync(directory, { recursive: true });
  const hook = { ...world.wanted.hook, url: `${app}/api/okta/telephony` };
  const events = { ...world.wanted.events, url: `${app}/api/okta/events` };
  const state = { ...world.wanted, org, hook, events };
  writeFileSync(join(directory, "okta.json"), JSON.stringify(state));
}

const environment = (): Record<string, string> => ({
  ...world.azure.env,
  PATH: process.env["PATH"] ?? "",
  NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? "",
  ACCEPT_AZURE: world.manager.url,
  LOCAL_OKTA_STATE: join(folder, "infra/environments/local/okta.json"),
  OKTA_API_TOKEN: apiToken,
  OKTA_HOOK_SECRET: hookSecret,
  OKTA_EVENT_SECRET: eventSecret,
  EIGHT_BY_EIGHT_API_KEY: apiKey,
  EIGHT_BY_EIGHT_ACCOUNT: world.sandbox.accountId,
});

/** Runs the program without a terminal. */
async function accept(args: string, changes: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, ...args.split(" ")], {
    cwd: folder,
    env: { ...environment(), ...changes },
  });
  child.stdin.end();
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (output += String(chunk)));
  const [status] = (await world.passing(once(child, "close"), deadlinesHold)) as [number | null];
  return { status, output };
}

/** Runs it in a terminal, where a person types these answers. */
const atTerminal = (args: string, typed: Answers, changes: Record<string, string> = {}) =>
  typeAnswers(`${process.execPath} ${main} ${args}`, typed, folder, {
    ...environment(),
    ...changes,
  });

/** Milliseconds of the app for each 20 of the machine: its hooks, which run meanwhile, have time. */
const deadlinesHold = 40;
const files = () => readdirSync(folder).filter((name) => name.startsWith("accept-report"));
const ctrlC = "\u0003";
const hosts = `--yes --host ${app} --host ${org}`;
const toThere = `test ${hosts}`;

test("0: nothing differs", async () => {
  const { status, output } = await accept("local");
  expect(output).not.toMatch(/^differs/m);
  expect(`${output}\n${status}`).toMatch(/\n0$/);
  expect(files().toSorted()).toEqual(["accept-report.json", "accept-report.md"]);
});

test("1: Azure lists five functions", async () => {
  const before = world.state();
  world.azure.manager.group.functions.push("leftover");
  const { status, output } = await accept("local");
  expect(output.match(/^differs +[\w-]+/gm)).toEqual([expect.stringContaining("azure-functions")]);
  expect(status).toBe(1);
  world.azure.manager.group.functions.pop();
  expect(world.state()).toEqual(before);
  for (const file of files())
    expect(readFileSync(join(folder, file), "utf8")).not.toMatch(
      new RegExp([hookSecret, eventSecret, apiKey, apiToken, "2025550123"].join("|")),
    );
});

test("2: a report of another environment is there", async () => {
  await accept(toThere, { ACCEPT_AZURE: "http://127.0.0.1:21198" });
  const before = files().map((name) => readFileSync(join(folder, name), "utf8"));
  const { status, output } = await accept(`other ${hosts}`);
  expect(output).toMatch(/another environment/i);
  expect(status).toBe(2);
  expect(files().map((name) => readFileSync(join(folder, name), "utf8"))).toEqual(before);
});

test("2: another run is at it", async () => {
  const isAsked = Promise.withResolvers<undefined>();
  const isOver = Promise.withResolvers<undefined>();
  world.app.add((_, pass) => {
    isAsked.resolve(undefined);
    return isOver.promise.then(() => pass());
  });
  const first = accept("local");
  await isAsked.promise;
  const { status, output } = await accept("local");
  isOver.resolve(undefined);
  expect(output).toMatch(/another run|already|accept-report\.lock/i);
  expect(status).toBe(2);
  await first;
});

describe("3: nothing can be reached", () => {
  test.each([
    ["with a proxy that lets nothing through", {}, /502|proxy/i],
    [
      "with a proxy that is not there",
      { HTTPS_PROXY: "http://127.0.0.1:21197", HTTP_PROXY: "http://127.0.0.1:21197" },
      /127\.0\.0\.1:21197|ECONNREFUSED|proxy/i,
    ],
  ])("%s", async (_, network, cause) => {
    const { status, output } = await accept(toThere, {
      ...network,
      ACCEPT_AZURE: "http://127.0.0.1:21198",
    });
    expect(status).toBe(3);
    expect(output).toMatch(cause);
    expect(output).not.toMatch(/fetch failed\.?$|^holds|All is as assumed/m);
  });
});

test.each([
  "local --phone +12025550123",
  "local --sign-in",
  "local --group rg",
  "test --saw x yes",
])("64: wrong usage, as in %s", async (args) => {
  const { status, output } = await accept(args);
  expect(status).toBe(64);
  expect(output).not.toContain("2025550123");
  expect(files()).toEqual([]);
});

describe("130: Ctrl-C at", () => {
  test.each([
    ["the confirmation", "Go on?", {}],
    ["the hook secret", "OKTA_HOOK_SECRET", { OKTA_HOOK_SECRET: "" }],
  ])("%s", async (_, question, changes) => {
    const before = world.state();
    const { status, screen, questions } = await atTerminal(
      "test",
      { "Go on?": question === "Go on?" ? ctrlC : "y", [question]: ctrlC },
      changes,
    );
    expect(questions.at(-1)).toContain(question);
    expect(screen).not.toMatch(/^(holds|differs)/m);
    expect(status).toBe(130);
    expect(world.state()).toEqual(before);
    // What was tried before the question is written, and written whole.
    expect(files()).not.toContain("accept-report.lock");
    for (const name of files().filter((file) => file.endsWith("json")))
      expect(() => JSON.parse(readFileSync(join(folder, name), "utf8")) as unknown).not.toThrow();
  });
});
