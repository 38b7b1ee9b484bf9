import { readUsage } from "../../../tools/okta/usage.ts";

const words = (line: string) => line.split(" ").filter(Boolean);

test.each([
  ["", "The command is one of plan, apply, restore, verify, audit, rotate."],
  ["delete --env dev", "The command is one of"],
  ["plan dev", "The command is one of"],
  ["plan", "--env is an environment"],
  ["plan --env ../prod", "--env is an environment"],
  ["plan --env dev --s3cret", "an option that is not known"],
  ["plan --env dev --yes", "plan has no --yes."],
  ["verify --env dev --vault kv", "verify has no --vault."],
  ["apply --env dev --vault one --vault two", "apply takes one --vault."],
  ["apply --env local --vault kv", "This npm start has no vault. Run npm start -- --azure"],
  ["rotate --env dev", "rotate takes a --vault"],
  ["verify --env dev --send 0151s3cret", "--send is a number in E.164."],
  ["verify --env dev --channel voice", /^--channel is sms or voice.*, with --send\.$/],
  [
    "verify --env dev --send +12025550123 --channel s3cret",
    /^--channel is sms or voice.*, with --send\.$/,
  ],
  ["audit --env dev --since yesterday", "--since is hours or days"],
  ["audit --env dev --since 91d", "--since is hours or days"],
  ["audit --env dev --max-fallback 0.01", "--max-fallback is a percentage"],
  ["audit --env dev --max-fallback 101%", "--max-fallback is a percentage"],
])("%j is refused, and nothing that was typed is repeated", (line, problem) => {
  const read = () => readUsage(words(line));
  expect(read).toThrow(problem);
  expect(read).not.toThrow("s3cret");
});

test("an audit looks a day back and allows a fallback in a hundred by default", () => {
  expect(readUsage(words("audit --env prod"))).toMatchObject({
    sinceMs: 86_400_000,
    maxFallback: 0.01,
    json: false,
  });
  expect(readUsage(words("audit --env prod --since 7d --max-fallback 0.1% --json"))).toMatchObject({
    sinceMs: 604_800_000,
    maxFallback: 0.001,
    json: true,
  });
});

test("a rotation takes each vault behind the URL", () => {
  expect(readUsage(words("rotate --env prod --vault kv-dr --vault kv-prod")).vaults).toEqual([
    "kv-dr",
    "kv-prod",
  ]);
});
