import { readSettings } from "../../../../tools/local/phone/settings.ts";
import { localSettingNames } from "../../../../src/settings/secret-list.ts";
import { settingNames } from "../../../../src/settings/environment.ts";

test("readSettings() describes every setting and masks secrets, even if the app does not answer", async () => {
  const secrets = Object.fromEntries(localSettingNames.map((name) => [name, "a secret"]));
  const { settings, health } = await readSettings(
    { ...secrets, HOOK_BUDGET_MS: "2000" },
    "http://127.0.0.1:9/",
  );
  expect(settings.map(({ name }) => name)).toEqual([...settingNames, ...localSettingNames]);
  expect(
    settings.filter(({ sentence }) => !/\w{4}/.test(sentence) || /[`|]|\]\(/.test(sentence)),
  ).toEqual([]);
  const of = (wanted: string) => settings.find(({ name }) => name === wanted);
  const sentence = expect.stringMatching(/^500 to 2700 milliseconds /) as unknown;
  expect(of("HOOK_BUDGET_MS")).toMatchObject({ value: "2000", isSet: true, sentence });
  expect(of("STATE_TABLE_URL")).toMatchObject({ value: "", isSet: false });
  expect(of("GUARD_MODE")).toMatchObject({ value: "record", isSet: false });
  for (const name of localSettingNames) expect(of(name)?.value).toBe("••••••");
  expect(health).toEqual({ status: "unreachable" });
});
