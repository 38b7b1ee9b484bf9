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
    "an unknown host",
    unanswered("ENOTFOUND"),
    at(azure),
    "DNS does not know func.azurewebsites.net (ENOTFOUND).",
  ],
  ["no DNS server", unanswered("EAI_AGAIN"), at(azure), "then this machine's network and DNS."],
  [
    "no network",
    unanswered("ENETUNREACH"),
    at(azure),
    "This machine cannot reach func.azurewebsites.net",
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
    `The connection to ${azure} failed (EWHATEVER).`,
  ],
  ["no answer on this machine", unanswered(undefined), at(here), "switched on a fault"],
  ["no answer elsewhere", unanswered(undefined), at(azure), "Run the command again"],
  [
    "a rotated secret of npm start",
    answered(401, error),
    at(here, undefined, "npm start"),
    "Stop npm start and start it again.",
  ],
  [
    "a wrong secret for another app here",
    answered(401, error),
    at(here),
    "npm start -- --verbose prints",
  ],
  [
    "a wrong secret elsewhere",
    answered(401, error),
    at(azure),
    "Set OKTA_HOOK_SECRET to the hook secret in the app's vault",
  ],
  ["invalid settings", answered(503, error), at(here), `curl -sS ${here}/api/health`],
  [
    "a wrong path",
    answered(404),
    at(here, "/api/okta/sms"),
    `Add the path of the app: --url ${here}/api/okta/telephony`,
  ],
  [
    "a URL without a path",
    answered(200),
    at(azure, "/"),
    `Add the path of the app: --url ${azure}/api/okta/telephony`,
  ],
  ["no function here", answered(404), at(here), "Another program may use the port"],
  ["no function elsewhere", answered(404), at(azure), "deploy the code"],
  ["a redirect", answered(302), at(azure), "Okta does not follow"],
  ["a refused caller", answered(403), at(azure), "docs/network.md"],
  ["a host that fails", answered(502), at(azure), "failed before the app answered"],
  ["another server", answered(200), at(azure), "is not this app."],
  [
    "a refusal",
    answered(200, refused),
    at(here),
    "To see what country-blocked means and what to do",
  ],
])("npm run hook prints what to do about %s", (_, sent, called, words) => {
  expect(nextStep(sent, called)).toContain(words);
});

test("npm run hook prints how to unset OKTA_HOOK_SECRET if the app of npm start refuses the secret", () => {
  const app = {
    sandboxUrl: "http://127.0.0.1:7072",
    header: "authorization",
    hookSecret: "a",
    eventSecret: "b",
  };
  const forget = keepRunningApp({ url: here, ...app });
  expect(nextStep(answered(401, error), at(here))).toContain(
    "To remove it, run: unset OKTA_HOOK_SECRET",
  );
  forget();
});

test("npm run hook ends its output with the next step, with and without --repeat", async () => {
  for (const args of [[], ["--repeat", "2"]])
    expect((await hook(cut, args)).output).toMatch(
      /closed the connection before it answered\. Look at the terminal of npm start\.\n$/,
    );
});
