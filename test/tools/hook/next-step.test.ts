import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepRunningApp } from "../../../tools/running-app.ts";
import { judgeAnswer } from "../../../tools/sandbox/okta.ts";
import { nextStep } from "../../../tools/hook/next-step.ts";
import { cut, hook } from "./running-hook.ts";

const before = process.cwd();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hook-"));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const here = "http://127.0.0.1:7071";
const azure = "https://func.azurewebsites.net";
const at = (
  origin: string,
  path = "/api/okta/telephony",
  secretFrom: "environment" | "npm start" = "environment",
) => ({
  url: new URL(path, origin),
  secretFrom,
});
const unanswered = (code: string | undefined) => ({
  judged: undefined,
  status: 0,
  why: "",
  code,
  ms: 1,
});
const answered = (status: number, body?: object) => ({
  judged:
    body === undefined
      ? judgeAnswer(status, "text/html", "<p>")
      : judgeAnswer(status, "application/json", JSON.stringify(body)),
  status,
  why: "",
  code: undefined,
  ms: 1,
});
const error = { error: { errorSummary: "No" } };
const refused = {
  commands: [{ type: "com.okta.telephony.action", value: [{ status: "FAILED" }] }],
  debugContext: { outcome: "refused", reason: "country-blocked" },
};

test.each([
  [
    "no app on this machine",
    unanswered("ECONNREFUSED"),
    at(here),
    `No app runs at ${here}. Start it in another terminal with npm start.`,
  ],
  [
    "no server elsewhere",
    unanswered("ECONNREFUSED"),
    at(azure),
    `No server listens at ${azure}. Check the port`,
  ],
  [
    "a name that is not found",
    unanswered("ENOTFOUND"),
    at(azure),
    "The name func.azurewebsites.net is not found (ENOTFOUND).",
  ],
  ["no name server", unanswered("EAI_AGAIN"), at(azure), "then this machine's network and DNS."],
  [
    "no network",
    unanswered("ENETUNREACH"),
    at(azure),
    "This machine has no way to func.azurewebsites.net",
  ],
  ["a cut connection", unanswered("ECONNRESET"), at(here), "Look at the terminal of npm start."],
  [
    "a certificate that is not trusted",
    unanswered("SELF_SIGNED_CERT_IN_CHAIN"),
    at(azure),
    "NODE_EXTRA_CA_CERTS",
  ],
  [
    "https to a server without TLS",
    unanswered("ERR_SSL_WRONG_VERSION_NUMBER"),
    at(azure),
    "Check the scheme",
  ],
  [
    "an unknown error",
    unanswered("EWHATEVER"),
    at(azure),
    `No connection to ${azure} (EWHATEVER).`,
  ],
  ["no answer on this machine", unanswered(undefined), at(here), "a fault may be on"],
  ["no answer elsewhere", unanswered(undefined), at(azure), "Run the command again"],
  [
    "a secret that npm start no longer takes",
    answered(401, error),
    at(here, undefined, "npm start"),
    "Stop npm start and start it again.",
  ],
  [
    "a wrong secret of another app here",
    answered(401, error),
    at(here),
    "npm start -- --verbose prints",
  ],
  [
    "a wrong secret elsewhere",
    answered(401, error),
    at(azure),
    "Set OKTA_HOOK_SECRET to the value that the app's vault has now",
  ],
  ["wrong settings", answered(503, error), at(here), `curl -sS ${here}/api/health`],
  [
    "a wrong path",
    answered(404),
    at(here, "/api/okta/sms"),
    `Call ${here}/api/okta/telephony with --url.`,
  ],
  ["no hook here", answered(404), at(here), "Another program may have the port"],
  ["no hook elsewhere", answered(404), at(azure), "Deploy its code"],
  ["a redirection", answered(302), at(azure), "Okta does not follow"],
  ["a caller who is not allowed", answered(403), at(azure), "docs/network.md"],
  ["a host that fails", answered(502), at(azure), "failed before the app answered"],
  ["another server", answered(200), at(azure), "That is not this app."],
  [
    "a refusal",
    answered(200, refused),
    at(here),
    "docs/troubleshoot.md says what country-blocked means",
  ],
])("npm run hook names what to do at %s", (_, sent, called, words) => {
  expect(nextStep(sent, called)).toContain(words);
});

test("a wrong secret in the environment beside npm start is removed from there", () => {
  const app = {
    sandboxUrl: "http://127.0.0.1:7072",
    header: "authorization",
    hookSecret: "a",
    eventSecret: "b",
  };
  const forget = keepRunningApp({ url: here, ...app });
  expect(nextStep(answered(401, error), at(here))).toContain(
    "Remove it with: unset OKTA_HOOK_SECRET",
  );
  forget();
});

test("the next step is the last line, for many hooks too", async () => {
  for (const args of [[], ["--repeat", "2"]])
    expect((await hook(cut, args)).output).toMatch(
      /closed the connection before it answered\. Look at the terminal of npm start\.\n$/,
    );
});
