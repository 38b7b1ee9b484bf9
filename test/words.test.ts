import { files, folderOf, textOf } from "./source-files.ts";

describe("words", () => {
  const onlyIn = (folder: string, word: string) =>
    files.filter((file) => folderOf(file) !== folder && new RegExp(`\\b${word}`, "i").test(textOf(file)));

  test.each(["commands", "messageProfile", "deliveryChannel", "SUCCESSFUL"])("%s stands only in okta/", (word) => {
    expect(onlyIn("okta", word)).toEqual([]);
  });

  test.each(["umid", "callflow", "subAccountId", "destination"])("%s stands only in 8x8/", (word) => {
    expect(onlyIn("8x8", word)).toEqual([]);
  });

  test.each(["webhook", "payload", "msisdn", "whitelist", "mobile"])("%s is a word that we do not use", (word) => {
    const ours = (text: string) => text.replaceAll(/https?:\/\/\S+/g, "").replaceAll(/\/msisdn\/i/g, "");
    expect(files.filter((file) => new RegExp(`\\b${word}`, "i").test(ours(textOf(file))))).toEqual([]);
  });
});

describe("files", () => {
  test("are on a screen or two", () => {
    const long = files.filter((file) => textOf(file).trimEnd().split("\n").length > 150);
    expect(long).toEqual([]);
  });

  test("and folders have names that say something", () => {
    const empty = /^(?:utils?|helpers?|common|shared|managers?|services?|types?|constants?|index|misc|lib)$/;
    const parts = files.flatMap((file) => file.replace(/\.d?\.?ts$/, "").split(/[/.]/));
    expect(parts.filter((part) => empty.test(part))).toEqual([]);
  });

  test("print nothing but warnings of the entry", () => {
    expect(files.filter((file) => /\bconsole\./.test(textOf(file)))).toEqual(["main.ts"]);
  });

  test("reveal what is concealed only where it goes out", () => {
    const reveals = files.filter((file) => textOf(file).includes(".reveal()"));
    expect(reveals.sort()).toEqual([
      "8x8/sms.ts",
      "8x8/voice.ts",
      "delivery/phone-number.ts",
      "delivery/sms-text.ts",
      "delivery/spoken-text.ts",
      "functions/otp-delivery-event.ts",
    ]);
  });
});
