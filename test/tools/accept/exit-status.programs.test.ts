import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { apiKey, hookSecret } from "../../app.ts";
import { eventSecret } from "../../functions/outcomes-in-azure.ts";
import { typeAnswers, type Answers } from "../../scripts/terminal.ts";
import { apiToken } from "../okta/signed-in.ts";
import { app, org, startProgram, type Program } from "./program.ts";

let program: Program;
beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program.stop());
beforeEach(() => program.reset());

/** Starts the program without a terminal. */
function start(args: string, changes: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program.main, ...args.split(" ")], {
    cwd: program.folder,
    env: { ...program.environment(), ...changes },
  });
  child.stdin.end();
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (output += String(chunk)));
  const ended = once(child, "close").then(([status]) => ({ status: status as number, output }));
  return { child, ended };
}

/** Runs the program to its end. */
const accept = (args: string, changes?: Record<string, string>) =>
  program.world.passing(start(args, changes).ended);

/** Runs the program in a terminal, and types these answers. */
const atTerminal = (args: string, typed: Answers, changes: Record<string, string> = {}) =>
  typeAnswers(`${process.execPath} ${program.main} ${args}`, typed, program.folder, {
    ...program.environment(),
    ...changes,
  });

const files = () => readdirSync(program.folder).filter((name) => name.startsWith("accept-report"));
const ctrlC = "\u0003";
const hosts = `--yes --host ${app} --host ${org}`;
const toThere = `test ${hosts}`;

test("the exit code is 0 if no assumption differs, and the report holds no secret", async () => {
  const { status, output } = await accept("local");
  expect(output).not.toMatch(/^differs/m);
  expect(`${output}\n${status}`).toMatch(/\n0$/);
  expect(files().toSorted()).toEqual(["accept-report.json", "accept-report.md"]);
  for (const file of files())
    expect(readFileSync(join(program.folder, file), "utf8")).not.toMatch(
      new RegExp([hookSecret, eventSecret, apiKey, apiToken, "2025550123"].join("|")),
    );
});

test("the exit code is 1 if Azure lists five functions", async () => {
  program.allHeldBut(["azure-functions"]);
  program.world.azure.manager.group.functions.push("leftover");
  const before = program.world.state();
  const { status, output } = await accept("local --keep");
  expect(output.match(/^differs +[\w-]+/gm)).toEqual([expect.stringContaining("azure-functions")]);
  expect(status).toBe(1);
  expect(program.world.state()).toEqual(before);
});

test("the exit code is 2 while another run is active", async () => {
  const isAsked = Promise.withResolvers<undefined>();
  program.world.app.add(() => {
    isAsked.resolve(undefined);
    return new Promise(() => undefined);
  });
  const first = start("local");
  await isAsked.promise;
  const { status, output } = await accept("local");
  expect(output).toMatch(/Another run \(process \d+\) writes this report/);
  expect(status).toBe(2);
  first.child.kill("SIGINT");
  expect(await first.ended).toMatchObject({ status: 130 });
});

describe("the exit code is 3 if no host can be reached", () => {
  test.each([
    ["because the proxy refuses every request", {}, /502|proxy/i],
    [
      "because the proxy does not run",
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

test("the exit code is 64 after wrong usage, and the output has no phone number", async () => {
  const { status, output } = await accept("local --phone +12025550123");
  expect(status).toBe(64);
  expect(output).not.toContain("2025550123");
  expect(files()).toEqual([]);
});

describe("the exit code is 130 after Ctrl-C at the question for", () => {
  test.each([
    ["the confirmation, and writes no report", "Go on?", {}, []],
    [
      "the hook secret, and keeps the report of what was found before",
      "OKTA_HOOK_SECRET",
      { OKTA_HOOK_SECRET: "" },
      ["accept-report.json", "accept-report.md"],
    ],
  ])("%s", async (_, question, changes, written) => {
    const before = program.world.state();
    const { status, screen, questions } = await atTerminal(
      "test",
      { "Go on?": question === "Go on?" ? ctrlC : "y", [question]: ctrlC },
      changes,
    );
    expect(questions.at(-1)).toContain(question);
    expect(screen).not.toMatch(/^(holds|differs)/m);
    expect(status).toBe(130);
    expect(program.world.state()).toEqual(before);
    expect(files()).toEqual(written);
    for (const file of files().filter((name) => name.endsWith(".md")))
      expect(readFileSync(join(program.folder, file), "utf8")).toContain("was stopped after");
  });
});
