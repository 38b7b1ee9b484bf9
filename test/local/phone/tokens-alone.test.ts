import { startDesk, type Desk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk([], {
    OKTA_HOOK_AUTH: "token",
    OKTA_TOKEN_ISSUER: "https://acme.okta.example/oauth2/aus1",
    OKTA_TOKEN_AUDIENCE: "api://telephony",
    OKTA_TOKEN_CLIENT_ID: "0oa1",
    OKTA_TOKEN_SCOPE: "telephony.send",
    OKTA_TOKEN_KEYS_URL: "https://127.0.0.1:9/keys",
  });
});
afterAll(() => desk.stop());

test.each([
  ["/sandbox/hooks", { channel: "sms", phoneNumber: "+12025550123" }],
  ["/sandbox/hooks/replay", { n: 1 }],
  ["/sandbox/sms-pumping", { count: 1, range: "+1202555" }],
])("where the app takes tokens alone, %s says why nothing is sent, and how it would be", async (path, body) => {
  const answer = await desk.post(path, body);
  expect([answer.status, answer.text]).toEqual([409, expect.stringContaining("OKTA_HOOK_AUTH=either") as unknown]);
});
