import { command, errorObject, hook } from "./running-hook.ts";

test.each([
  ["an unknown option", ["--fone", "1"], "--fone"],
  ["an unknown channel", ["--channel", "push"], "--channel is sms or voice"],
  ["an unknown text", ["--text", "mine"], "--text is okta or none"],
  ["an expectation that every object has", ["--expect", "constructor"], "--expect is one of accepted"],
  ["too large a count", ["--repeat", "10000"], "--repeat is a count"],
  ["an unknown outcome", ["--outcome", "luck"], "--outcome is one of sms, call-in-german"],
  [
    "an outcome elsewhere",
    ["--outcome", "blocked-country", "--url", "https://example.com/"],
    "--outcome is for a hook of this machine",
  ],
  [
    "a sandbox elsewhere",
    ["--outcome", "429", "--sandbox", "https://example.com/"],
    "--sandbox is a URL of this machine",
  ],
  ["a range without a plus", ["--range", "44770090"], "--range is a number less its last four digits"],
  [
    "a range of strangers' numbers elsewhere",
    ["--range", "+44770090", "--url", "https://example.com/"],
    "for a hook of this machine",
  ],
  ["uses that cannot be reported", ["--used"], "OKTA_EVENT_SECRET is not set"],
  ["plain http to another machine", ["--url", "http://example.com/"], "https URL"],
  ["a user before a host that is encrypted", ["--url", "https://acme.example@example.com/"], "https URL"],
  ["a body file that is not there", ["--body", "/nowhere.json"], "nowhere.json"],
])("npm run hook exits with 64 at %s, and sends nothing", async (_, args, words) => {
  const { exitCode, output, received } = await hook(command("SUCCESSFUL"), args);
  expect([exitCode, received]).toEqual([64, []]);
  expect(output).toContain(words);
});

test("npm run hook needs the secret, but not to see a stranger refused", async () => {
  const { exitCode, output, received } = await hook(command("SUCCESSFUL"), [], {});
  expect([exitCode, received]).toEqual([64, []]);
  expect(output).toContain("OKTA_HOOK_SECRET is not set");
  const stranger = await hook(errorObject(401), ["--expect", "unauthenticated"], {});
  expect([stranger.exitCode, stranger.received[0]?.headers.authorization]).toEqual([0, undefined]);
});
