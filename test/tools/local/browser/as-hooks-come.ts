import { text } from "node:stream/consumers";
import type { Locator, Page } from "playwright-core";
import { hookBody } from "../../../../tools/sandbox/okta.ts";
import type { Desk } from "./desk.ts";

export function asHooksCome(getDesk: () => Desk): void {
  let desk: Desk;
  let page: Page;
  /** Of the first hook that comes. */
  let firstHash = "";
  beforeAll(async () => {
    desk = getDesk();
    page = await desk.open("", { permissions: ["clipboard-read", "clipboard-write"] });
  });
  afterAll(() => page.context().close());
  beforeEach(() => show("#traffic"));

  const show = (hash: string) => page.goto(`${desk.url}/${hash}`);
  const rows = () => page.getByRole("option");
  const detail = () => page.getByRole("article");
  const bubble = (text: string) => page.locator(".message", { hasText: text });
  const sendFromOutside = async (otpCode: string, more: Record<string, unknown> = {}) => {
    const messageProfile = {
      phoneNumber: "+12025550123",
      otpCode,
      msgTemplate: `Your code is ${otpCode}`,
      ...more,
    };
    const headers = { authorization: desk.secret, "content-type": "application/json" };
    const body = JSON.stringify(hookBody({ messageProfile }));
    expect((await fetch(desk.hookUrl, { method: "POST", headers, body })).status).toBe(200);
  };

  test("a message is on the phone and its hook in the list as soon as they come, and then its receipt", async () => {
    await sendFromOutside("104729");
    await bubble("Your code is 104729").getByText("Delivered").waitFor();
    await rows().filter({ hasText: "accepted" }).first().click();
    firstHash = new URL(page.url()).hash;
    for (const words of [/^Accepted\b/, "8x8 sends", "came from outside"])
      await detail().getByText(words).waitFor();
  });

  test("a call is a card that says its language and the code digit by digit", async () => {
    await sendFromOutside("271828", { deliveryChannel: "Voice", locale: "de-DE" });
    const call = page.locator(".message.spoken", { hasText: "2, 7, 1, 8, 2, 8" });
    await call.getByText("Call in German").waitFor();
    expect(await call.locator(".digits span").allTextContents()).toEqual(Array.from("271828"));
    expect(await call.locator("[data-part=text]").getAttribute("lang")).toBe("de-DE");
  });

  test("the form sends, shows how it ended, and signs in with the code", async () => {
    await show("#send");
    await page.getByLabel("Code", { exact: true }).fill("314159");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("button", { name: "Sign in with 314159" }).click();
    await page.getByText("The code was used, and the app knows it.").waitFor();
    await bubble("314159")
      .getByText(/^Used /)
      .waitFor();
  });

  test("an outcome's button sends, the fault that it needs holds for that one hook, and a setting that it needs is named", async () => {
    await show("#send");
    await page.getByRole("button", { name: "429", exact: true }).click();
    await page.locator(".outcome", { hasText: "unavailable rate-limited" }).waitFor();
    await page.locator(".banner").waitFor({ state: "hidden" });
    const blocked = page.getByRole("button", { name: "Blocked country" });
    await blocked.getByText("PHONE_POLICY_BLOCKED_COUNTRIES=FR npm start").waitFor();
  });

  test("a request to a wrong path is in the list with its 404, and in the terminal", async () => {
    await fetch(desk.hookUrl.replace("telephony", "telefony?code=1"), {
      method: "POST",
      body: "x",
    });
    const row = rows().filter({ hasText: "POST /api/okta/telefony" }).first();
    await row.getByText("HTTP 404").waitFor();
    await desk.printed(
      /^\S+ → HTTP 404 · POST \/api\/okta\/telefony · Okta's hook is POST \/api\/okta\/telephony$/m,
    );
  });

  test("a hook is sent again, and with another number; each is a hook of its own", async () => {
    await show(firstHash);
    await page.getByRole("button", { name: "Send again" }).click();
    await page.waitForURL((url) => url.hash !== firstHash);
    await detail().getByText("sent from this page").waitFor();
    await page.getByRole("button", { name: "Edit and send" }).click();
    const body = page.getByRole("textbox", { name: "Body" });
    await body.fill((await body.inputValue()).replace("+12025550123", "+19005550123"));
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await detail().getByText("premium-number", { exact: true }).first().waitFor();
  });

  test("the filter finds hooks, also by what the phone shows, and says how many there are", async () => {
    await sendFromOutside("141421", { phoneNumber: "+33612345678" });
    await bubble("141421").getByText("Delivered").waitFor();
    const filter = page.getByRole("searchbox", { name: "Filter" });
    await filter.fill("accepted fr +3361 delivered");
    await page.getByText(/^1 of \d+$/).waitFor();
    expect(await rows().count()).toBe(1);
    await filter.fill("country:FR outcome:refused");
    await page.getByText("No hook has all these words.").waitFor();
    await filter.fill("");
  });

  test("the phone shows one number's messages where its digits are typed, or its number is clicked", async () => {
    await page.getByLabel("Number", { exact: true }).fill("33612");
    await bubble("+12025550123").first().waitFor({ state: "hidden" });
    expect(await page.locator(".message").count()).toBe(1);
    await page.getByRole("button", { name: "+33612345678" }).click();
    await page.getByRole("button", { name: "+33612345678" }).click();
    await bubble("+12025550123").first().waitFor();
  });

  test("a link leads to one hook or one message, or says that it is not there", async () => {
    await show(firstHash);
    await detail().getByText("+12025550123").first().waitFor();
    await page.getByRole("option", { selected: true }).waitFor();
    await page.getByRole("link", { name: "On the phone" }).click();
    await page.locator(".message.chosen", { hasText: "104729" }).waitFor();
    await show("#hook=999999");
    await page.getByText("Hook 999999 is not there, or forgotten.").waitFor();
  });

  test("a hook is copied and downloaded as curl, and all as JSON, none with the secret", async () => {
    await show(firstHash);
    await page.getByRole("button", { name: "Copy as curl" }).click();
    await page.getByText("The command is copied.").waitFor();
    const download = async (link: Locator) => {
      const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
      return text(await file.createReadStream());
    };
    const copied = await page.evaluate<string>("navigator.clipboard.readText()");
    const curl = await download(detail().getByRole("link", { name: "Download" }));
    for (const command of [copied, curl]) expect(command).toMatch(/^curl .*\$\{?OKTA_HOOK_SECRET/s);
    const json = await download(page.locator(".tools").getByRole("link", { name: "Download" }));
    const { hooks, messages } = JSON.parse(json) as { hooks: unknown[]; messages: unknown[] };
    expect(hooks).toHaveLength(Number(await page.locator("[data-part=count]").textContent()));
    expect(JSON.stringify(messages)).toContain("104729");
    expect(copied + curl + json).not.toContain(desk.secret);
  });

  test("cleared, the page is empty, and what comes then is there", async () => {
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("No hook yet.").waitFor();
    await page.getByText("No message yet.").waitFor();
    await page.reload();
    await page.getByText("No hook yet.").waitFor();
    await sendFromOutside("282842");
    await bubble("282842").waitFor();
    expect(await rows().count()).toBe(1);
  });

  test("settings are shown with what they mean, those that are set first", async () => {
    await show("#settings");
    await page.getByText("The app is healthy.").waitFor();
    await page.getByRole("row", { name: /HOOK_BUDGET_MS.*500 to 2700/ }).waitFor();
    await page.getByRole("row", { name: /^GUARD_MODE record \(default\)/ }).waitFor();
    const values = await page
      .locator("[data-part=settings-rows] td:nth-child(2)")
      .allTextContents();
    const isSet = values.map((value) => !/\(default\)$|^not set$/.test(value));
    expect(isSet).toEqual(isSet.toSorted((one, other) => Number(other) - Number(one)));
    await page.getByText("Commands for a second terminal").click();
    await page.getByText(/^npm run hook -- --channel voice/).waitFor();
    expect(await page.content()).not.toContain(desk.secret);
  });
}
