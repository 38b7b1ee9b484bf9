// Who is paged, as somebody types it into setup.
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
])("%s is written as %s", (typed, bicep) => {
  expect(readReceivers(typed)).toEqual({ bicep });
});

test.each([
  ["+4915112345678", "mail addresses with commas between, at least one"],
  ["on-call", "mail addresses with commas between, at least one"],
  ["a@b.co,+99915112345678", "Azure sends no SMS to one of these numbers"],
  ["a@b.co,+49 151 12x45678", "Azure sends no SMS to one of these numbers"],
  ["a@b.co,https://pager.acme.test/azure", "A webhook is an https address, the object id"],
  [`a@b.co,https://pager.acme.test ${id} api://x more`, "A webhook is an https address"],
])("%s is refused: %s", (typed, words) => {
  expect(readReceivers(typed)).toEqual({ problem: expect.stringContaining(words) as string });
});

test.each([
  [["a@b.co"], 0, "{ emails: ['a@b.co'] }"],
  [["nobody"], 1, "That has to be mail addresses with commas between, at least one."],
  [[], 64, "It takes the receivers as one argument."],
])("setup's program answers %j with %i", (args, status, line) => {
  const program = "tools/check-environment/check-receivers.ts";
  const run = spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
  expect([run.status, (run.stdout + run.stderr).split("\n")[0]]).toEqual([status, line]);
});
