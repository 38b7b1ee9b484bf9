import { readUsage } from "../../../tools/okta/usage.ts";

const words = (line: string) => line.split(" ").filter(Boolean);

test.each([
  ["", "The command must be one of plan, apply, restore, verify, audit, rotate."],
  ["delete --env dev", "The command must be one of"],
  ["plan dev", "The command must be one of"],
  ["plan", "--env needs an environment"],
  ["plan --env ../prod", "--env needs an environment"],
  ["plan --env dev --s3cret", "An option is unknown"],
  ["plan --env dev --yes", "plan does not take --yes."],
  ["verify --env dev --vault kv", "verify does not take --vault."],
  ["apply --env dev --vault one --vault two", "apply takes only one --vault."],
  [
    "apply --env local --vault kv",
    "The npm start of this terminal has no vault. Run npm start -- --azure",
  ],
  ["rotate --env dev", "rotate needs --vault"],
  ["verify --env dev --send 0151s3cret", "--send needs a phone number, such as +12025550123."],
  ["verify --env dev --channel voice", /^--channel must be sms or voice.*, and needs --send\.$/],
  [
    "verify --env dev --send +12025550123 --channel s3cret",
    /^--channel must be sms or voice.*, and needs --send\.$/,
  ],
  ["audit --env dev --since yesterday", "--since needs hours or days"],
  ["audit --env dev --since 91d", "--since needs hours or days"],
  ["audit --env dev --max-fallback 0.01", "--max-fallback needs a percentage"],
  ["audit --env dev --max-fallback 101%", "--max-fallback needs a percentage"],
])("npm run okta refuses the arguments %j and never quotes a value", (line, problem) => {
  const read = () => readUsage(words(line));
  expect(read).toThrow(problem);
  expect(read).not.toThrow("s3cret");
});

test("audit looks back 24 h and allows 1 % fallbacks by default", () => {
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

test("rotate takes several vaults", () => {
  expect(readUsage(words("rotate --env prod --vault kv-dr --vault kv-prod")).vaults).toEqual([
    "kv-dr",
    "kv-prod",
  ]);
});
