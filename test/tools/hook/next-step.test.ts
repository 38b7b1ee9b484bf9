import { nextStep } from "../../../tools/hook/next-step.ts";
import { judgeAnswer, type HookCall } from "../../../tools/sandbox/okta.ts";

const here = "http://127.0.0.1:7071/api/okta/telephony";
const azure = "https://func.azurewebsites.net/api/okta/telephony";

const unanswered = (code?: string): HookCall => ({ answered: false, why: "", code, ms: 1 });
function answered(status: number, body: object | string): HookCall {
  const isText = typeof body === "string";
  const contentType = isText ? "text/html" : "application/json";
  const text = isText ? body : JSON.stringify(body);
  const judged = judgeAnswer(status, contentType, text);
  return { answered: true, status, contentType, body: text, judged, ms: 1 };
}
const error = { error: { errorSummary: "No" } };
const unreadable = {
  error: {
    errorSummary: "No",
    errorCauses: [{ location: "data.messageProfile.otpCode", reason: "not-an-otp-code" }],
  },
};
const refused = {
  commands: [{ type: "com.okta.telephony.action", value: [{ status: "FAILED" }] }],
  debugContext: { outcome: "refused", reason: "country-blocked" },
};

test.each([
  ["no app on this machine", unanswered("ECONNREFUSED"), here, "No app answers at"],
  ["another server", answered(200, "<p>"), azure, "did not answer as this app does"],
  [
    "a wrong path",
    answered(404, "<p>"),
    "https://func.azurewebsites.net/",
    "Use --url https://func.azurewebsites.net/api/okta/telephony",
  ],
  [
    "a malformed request",
    answered(400, unreadable),
    here,
    "data.messageProfile.otpCode: not-an-otp-code.",
  ],
  ["a refusal", answered(200, refused), here, "To see what country-blocked means"],
])("npm run hook says what to do after %s", (_, call, url, words) => {
  expect(nextStep(call, { url: new URL(url), app: undefined })).toContain(words);
});

test("after a 401, npm run hook says to unset OKTA_HOOK_SECRET if npm start runs the app", () => {
  const app = {
    pid: 1,
    url: "http://127.0.0.1:7071",
    sandboxUrl: "",
    header: "authorization",
    hookSecret: "x",
    eventSecret: "y",
  };
  expect(nextStep(answered(401, error), { url: new URL(here), app })).toContain(
    "unset OKTA_HOOK_SECRET",
  );
});
