import { readUsage } from "../../../tools/okta/usage.ts";

const words = (line: string) => line.split(" ").filter(Boolean);

test.each([
  ["", "The command must be one of plan, apply, activate, deactivate, verify, rotate."],
  ["plan dev", "The command must be one of"],
  ["plan", "--env needs an environment"],
  ["plan --env ../prod", "--env needs an environment"],
  ["plan --env dev --s3cret", "An option is unknown"],
  ["plan --env dev --yes", "plan does not take --yes."],
  ["verify --env dev --vault kv", "verify does not take --vault."],
  ["apply --env dev --vault one --vault two", "apply takes only one --vault."],
  [
    "apply --env local --vault kv",
    "The app that this terminal uses has no vault. In another terminal, run: npx --no okta-8x8-telephony start --azure",
  ],
  ["rotate --env dev", "rotate needs --vault"],
  ["activate Twilio s3cret --env dev", "Put the hook's name in quotes"],
  ["activate Twilio --env dev --unproved", "sends no secret, so it does not take --unproved."],
])("the command okta refuses the arguments %j and never quotes a value", (line, problem) => {
  const read = () => readUsage(words(line));
  expect(read).toThrow(problem);
  expect(read).not.toThrow("s3cret");
});
