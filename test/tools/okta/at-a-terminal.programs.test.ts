import { join } from "node:path";
import { hookSecret, startApp, type App } from "../../app.ts";
import { typeAnswers } from "../../scripts/terminal.ts";
import { startOkta, type Okta } from "./running-okta.ts";
import { apiToken } from "./signed-in.ts";

let app: App;
let okta: Okta;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());
beforeEach(async () => {
  okta = await startOkta(`${app.url}/api/okta/telephony`);
});
afterEach(() => okta.stop());

const apply = (answers: Record<string, string>) =>
  typeAnswers(
    `${process.execPath} ${join(__dirname, "../../../tools/okta/main.ts")} apply --env test`,
    answers,
    okta.folder,
    { PATH: process.env["PATH"] ?? "", OKTA_API_TOKEN: apiToken },
  );

test("apply prints the plan, asks for confirmation, and does not show the typed secret", async () => {
  const { status, screen } = await apply({ "Hook secret": hookSecret, "these changes?": "y" });
  expect([status, screen]).toEqual([
    0,
    expect.stringMatching(
      /~ telephony hook: create[^]*Make these changes\?[^]*Done: telephony hook/,
    ),
  ]);
  expect(screen).not.toContain(hookSecret);
});

const ctrlC = "\x03";
test.each<[Record<string, string>, number]>([
  [{ "these changes?": "n" }, 1],
  [{ "these changes?": ctrlC }, 130],
  [{ "these changes?": "y", "Hook secret": ctrlC }, 130],
])("apply says that it changed nothing after the answers %j", async (answers, code) => {
  const { status, screen } = await apply(answers);
  expect([status, okta.org.hooks.all()]).toEqual([code, []]);
  expect(screen).toContain("Nothing was changed.");
});
