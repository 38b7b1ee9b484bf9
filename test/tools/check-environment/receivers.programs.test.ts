import { spawnSync } from "node:child_process";
import { readReceivers } from "../../../tools/check-environment/receivers.ts";

const id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

test.each([
  ["on-call@acme.com", "{ emails: ['on-call@acme.com'] }"],
  ["o'brien@acme.com, a@b.co", "{ emails: ['o\\'brien@acme.com', 'a@b.co'] }"],
  [
    "a@b.co, +49 151 12345678,+1 (833) 555-0100",
    "{ emails: ['a@b.co'], sms: [{ countryCode: '49', phoneNumber: '15112345678' }, { countryCode: '1', phoneNumber: '8335550100' }] }",
  ],
  [
    `https://pager.acme.test/azure ${id} api://pager,a@b.co`,
    `{ emails: ['a@b.co'], webhooks: [{ name: 'on-call', url: 'https://pager.acme.test/azure', objectId: '${id}', identifierUri: 'api://pager' }] }`,
  ],
])("readReceivers() converts %s to %s", (typed, bicep) => {
  expect(readReceivers(typed)).toEqual({ bicep });
});

test.each([
  ["+4915112345678", "Type at least one e-mail address"],
  ["on-call", "Type at least one e-mail address"],
  ["a@b.co,+99915112345678", "One of the numbers is malformed"],
  ["a@b.co,+49 151 12x45678", "One of the numbers is malformed"],
  ["a@b.co,https://pager.acme.test/azure", "A webhook needs an https address"],
  [`a@b.co,https://pager.acme.test ${id} api://x more`, "A webhook needs an https address"],
])("readReceivers() refuses %s: %s", (typed, words) => {
  expect(readReceivers(typed)).toEqual({ problem: expect.stringContaining(words) as string });
});

test.each([
  [["a@b.co"], 0, "{ emails: ['a@b.co'] }"],
  [["on-call"], 1, "Type at least one e-mail address. Separate receivers by commas."],
  [[], 64, "Pass the receivers as one argument."],
])("check-receivers.ts with the arguments %j exits with %i", (args, status, line) => {
  const program = "tools/check-environment/check-receivers.ts";
  const run = spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
  expect([run.status, (run.stdout + run.stderr).split("\n")[0]]).toEqual([status, line]);
});
