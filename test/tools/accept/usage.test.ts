import { readUsage } from "../../../tools/accept/usage.ts";

test.each([
  ["", "Name one environment"],
  ["dev prod", "Name one environment"],
  ["dev --phone 12025550123", "--phone needs a number in E.164"],
  ["dev --loudly", "An option is unknown or has no value."],
  ["dev --anyway nothing", "--anyway needs the id of an assumption"],
  [
    "dev --saw app-health yes note",
    "--saw needs the id of an assumption that only a person can check",
  ],
  ["dev --saw okta-resend maybe note", "After --saw, give an id"],
  ["dev --saw okta-resend yes", "After --saw, give an id"],
  ["local --phone +12025550123", "On a laptop, --phone has no effect"],
  ["local --sign-in", "On a laptop, --sign-in has no effect"],
  ["local --group rg", "On a laptop, --group has no effect"],
  ["local --yes", "On a laptop, --yes has no effect"],
  ["local --saw okta-resend yes note", "On a laptop, --saw has no effect"],
])("npm run accept -- %s causes an error that says: %s", (args, words) => {
  expect(() => readUsage(args.split(" ").filter(Boolean))).toThrow(words);
});
