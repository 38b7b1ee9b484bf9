import { text } from "node:stream/consumers";
import type { Locator, Page } from "playwright-core";
import { hookBody } from "../../sandbox/okta.ts";
import { createCable } from "./cable.ts";
import { until } from "../until.ts";
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
  /** @param found How many it finds; undefined: it is not looked at. */
  const filterBy = async (words: string, found: number | undefined) => {
    await page.getByRole("searchbox", { name: "Filter" }).fill(words);
    if (found !== undefined) await page.getByText(new RegExp(`^${found} of \\d+$`)).waitFor();
  };
  const bubble = (text: string) => page.locator(".message", { hasText: text });
  const sendFromOutside = async (otpCode: string, more: Record<string, unknown> = {}) => {
    const messageProfile = { phoneNumber: "+12025550123", otpCode, msgTemplate: `Your code is ${otpCode}`, ...more };
    const headers = { authorization: desk.secret, "content-type": "application/json" };
    const body = JSON.stringify(hookBody({ messageProfile }));
    expect((await fetch(desk.hookUrl, { method: "POST", headers, body })).status).toBe(200);
  };

  test("a message is on the phone and its hook in the list as soon as they come, and then its receipt", async () => {
    await sendFromOutside("104729");
    await bubble("Your code is 104729").getByText("Delivered").waitFor();
    await rows().filter({ hasText: "accepted" }).first().click();
    firstHash = new URL(page.url()).hash;
    await page.getByRole("article").getByText("Accepted: Okta sends nothing itself.").waitFor();
    await page.getByRole("article").getByText("8x8 sends").waitFor();
    await page.getByRole("article").getByText("came from outside").waitFor();
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

  test("an outcome's button sends, and the fault that it needs holds for that one hook", async () => {
    await show("#send");
    await page.getByRole("button", { name: "Premium number" }).click();
    await page.locator(".outcome", { hasText: "refused premium-number" }).waitFor();
    await page.getByRole("button", { name: "429", exact: true }).click();
    await page.locator(".outcome", { hasText: "unavailable rate-limited" }).waitFor();
    await page.locator(".banner").waitFor({ state: "hidden" });
  });

  test("a second click on an outcome sends nothing and lets it be edited", async () => {
    await show("#send");
    await page.getByRole("button", { name: "Impossible number" }).click();
    await page.locator(".outcome", { hasText: "refused impossible-number" }).waitFor();
    const sent = await page.locator("[data-part=count]").textContent();
    await page.getByRole("button", { name: "Impossible number" }).click();
    await page.keyboard.press("Tab");
    await page.keyboard.type("+19005550123");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.locator(".outcome", { hasText: "refused premium-number" }).waitFor();
    await until(async () => (await page.locator("[data-part=count]").textContent()) === `${Number(sent) + 1}`);
  });

  test("a request to a wrong path is in the list with its 404, and in the terminal", async () => {
    await fetch(desk.hookUrl.replace("telephony", "telefony?code=1"), { method: "POST", body: "x" });
    const row = rows().filter({ hasText: "POST /api/okta/telefony" }).first();
    await row.getByText("HTTP 404").waitFor();
    await desk.printed(/^\S+ → HTTP 404 · POST \/api\/okta\/telefony · Okta's hook is POST \/api\/okta\/telephony$/m);
  });

  test("the filter finds the words of a message's text", async () => {
    await sendFromOutside("577215", { msgTemplate: "Umbrella: 577215" });
    await bubble("577215").waitFor();
    await page.getByPlaceholder("Filter").fill("umbrella 577215");
    await page.getByText(/^1 of \d+$/).waitFor();
    await page.getByPlaceholder("Filter").fill("");
  });

  test.each([1440, 1000, 400])(
    "what the page says for a moment covers nothing below the bar, %i px wide",
    async (width) => {
      const other = await desk.open("#phone", { viewport: { width, height: 900 }, permissions: ["clipboard-write"] });
      await other.locator(".message").last().getByRole("button", { name: "Copy" }).click();
      const said = await other.locator(".toast.shown", { hasText: "The code is copied." }).boundingBox();
      const below = await other.locator(".desk").boundingBox();
      expect((said?.y ?? Infinity) + (said?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
      await other.context().close();
    },
  );

  test("a hook is sent again, and sent again with another number; each is a hook of its own", async () => {
    await sendFromOutside("161803");
    await bubble("161803").waitFor();
    await rows().first().click();
    const first = page.url();
    await page.getByRole("button", { name: "Send again" }).click();
    await page.waitForURL((url) => url.href !== first);
    await page.getByRole("article").getByText("sent from this page").waitFor();
    await page.getByRole("button", { name: "Edit and send" }).click();
    const body = page.getByRole("textbox", { name: "Body" });
    await body.fill((await body.inputValue()).replace("+12025550123", "+19005550123"));
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await page.getByRole("article").getByText("premium-number", { exact: true }).first().waitFor();
  });

  test("the filter finds a hook by words of any kind, and says how many there are", async () => {
    await sendFromOutside("141421", { phoneNumber: "+33612345678" });
    await bubble("141421").getByText("Delivered").waitFor();
    await filterBy("accepted fr +3361 delivered", 1);
    expect(await rows().count()).toBe(1);
    await filterBy("country:FR outcome:accepted", 1);
    await filterBy("country:FR outcome:refused", 0);
    await page.getByText("No hook has all these words.").waitFor();
  });

  test("the filter looks at what a row shows, and at whole words where they are short", async () => {
    // An American locale, event ids of any letters, and Okta's sentence: none of them is on the row.
    await sendFromOutside("173205", { phoneNumber: "+4915112345678", locale: "en-US" });
    await bubble("173205").waitFor();
    await filterBy("de us", 0);
    await filterBy("de nothing", 0);
    await filterBy("de +4915", 1);
    await filterBy("de +4915 491", 0);
  });

  test("a hook that would have been refused says so in the list, in the filter and at the top of its detail", async () => {
    for (let sent = 0; sent < 9; sent++) await sendFromOutside("223606", { phoneNumber: "+12025550188" });
    await filterBy("would refuse user-limit +12025550188", undefined);
    await rows().filter({ hasText: "would refuse: user-limit" }).first().click();
    expect(await rows().filter({ hasNotText: "would refuse: user-limit" }).count()).toBe(0);
    const said = page.getByText("In enforce mode the app would refuse this as user-limit.");
    const box = await said.boundingBox();
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(320);
    await filterBy("", undefined);
  });

  test("what is cut off in a row is its title", async () => {
    await show("#traffic");
    const row = rows().first();
    for (const line of [row.locator(".first"), row.locator(".second")])
      expect(await line.getAttribute("title")).toBe(await line.textContent());
  });

  test("an outcome that needs a setting says which, with the command, and is not sent by a click", async () => {
    await show("#send");
    const card = page.getByRole("button", { name: "Blocked country" });
    await card.getByText("PHONE_POLICY_BLOCKED_COUNTRIES=FR npm start").waitFor();
    const sent = await page.locator("[data-part=count]").textContent();
    await card.click();
    await page
      .getByText("With PHONE_POLICY_BLOCKED_COUNTRIES=FR npm start it ends as refused, country-blocked.")
      .waitFor();
    await page.getByRole("button", { name: "Impossible number" }).click();
    await page.locator(".outcome", { hasText: "refused impossible-number" }).waitFor();
    await until(async () => (await page.locator("[data-part=count]").textContent()) === `${Number(sent) + 1}`);
  });

  test("a title counts what came while nobody looked", async () => {
    const other = await desk.open();
    await other.evaluate('Object.defineProperty(document, "hidden", { configurable: true, get: () => true })');
    await sendFromOutside("264575");
    await until(async () => (await other.title()).startsWith("(1) "));
    await other.evaluate('delete document.hidden; document.dispatchEvent(new Event("visibilitychange"))');
    await until(async () => (await other.title()) === "The phone on the desk");
    await other.context().close();
  });

  test("the phone shows one number's messages where its digits are typed, or its number is clicked", async () => {
    await page.getByLabel("Number", { exact: true }).fill("33612");
    await bubble("+12025550123").first().waitFor({ state: "hidden" });
    expect(await page.locator(".message").count()).toBe(1);
    await page.getByRole("button", { name: "+33612345678" }).click();
    await page.getByRole("button", { name: "+33612345678" }).click();
    await bubble("+12025550123").first().waitFor();
  });

  test("a link leads to one hook or one message", async () => {
    await show(firstHash);
    await page.getByRole("article").getByText("+12025550123").first().waitFor();
    await page.getByRole("option", { selected: true }).waitFor();
    await page.getByRole("link", { name: "On the phone" }).click();
    await page.locator(".message.chosen", { hasText: "104729" }).waitFor();
    expect(page.url()).toMatch(/#m=\d+$/);
  });

  test("a link to a hook that is not there says so", async () => {
    await show("#hook=999999");
    await page.getByText("Hook 999999 is not there, or forgotten.").waitFor();
    await show("#traffic");
  });

  test("curl is copied with the secret's name in place of the secret", async () => {
    await show(firstHash);
    await page.getByRole("button", { name: "Copy as curl" }).click();
    await page.getByText("The command is copied.").waitFor();
    const copied = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(copied).toMatch(/^curl .*\$\{?OKTA_HOOK_SECRET/s);
    expect(copied).not.toContain(desk.secret);
  });

  test("one hook is downloaded as curl, and all as JSON", async () => {
    await show(firstHash);
    const download = async (link: Locator) => {
      const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
      return [file.suggestedFilename(), await text(await file.createReadStream())] as const;
    };
    const [name, curl] = await download(page.getByRole("article").getByRole("link", { name: "Download" }));
    expect([name, curl]).toEqual([`hook-${firstHash.slice("#hook=".length)}.sh`, expect.stringMatching(/^curl /)]);
    const [, json] = await download(page.locator(".tools").getByRole("link", { name: "Download" }));
    const { hooks, messages } = JSON.parse(json) as { hooks: unknown[]; messages: unknown[] };
    expect(hooks).toHaveLength(Number(await page.locator("[data-part=count]").textContent()));
    expect(JSON.stringify(messages)).toContain("104729");
    expect(json).not.toContain(desk.secret);
  });

  test("after a lost connection everything that came meanwhile is there, once", async () => {
    const cable = await createCable();
    const proxy = { server: cable.url, bypass: "<-loopback>" };
    const cut = await desk.open("", { proxy });
    const known = await cut.getByRole("option").count();
    cable.pull();
    await cut.getByText("Reconnecting…").waitFor();
    for (const code of ["200001", "200002", "200003"]) await sendFromOutside(code);
    cable.plugIn();
    await cut.getByText("Live", { exact: true }).waitFor();
    for (const code of ["200001", "200002", "200003"])
      await cut.locator(".message", { hasText: code }).getByText("Delivered").waitFor();
    expect(await cut.getByRole("option").count()).toBe(known + 3);
    await cut.context().close();
    cable.close();
  });

  test("cleared, the page is empty, and what comes then is there", async () => {
    await show("#traffic");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("No hook yet.").waitFor();
    await page.getByText("No message yet.").waitFor();
    await page.reload();
    await page.getByText("No hook yet.").waitFor();
    await sendFromOutside("282842");
    await bubble("282842").waitFor();
    expect(await rows().count()).toBe(1);
  });

  test("settings are shown with what they mean, and no secret is anywhere on the page", async () => {
    await show("#settings");
    await page.getByText("The app is healthy.").waitFor();
    await page.getByRole("row", { name: /HOOK_BUDGET_MS.*500 to 2700/ }).waitFor();
    await page.getByRole("row", { name: /^GUARD_MODE record \(default\)/ }).waitFor();
    await page.getByRole("row", { name: /^OKTA_HOOK_SECRET •/ }).waitFor();
    const values = await page.locator("[data-part=settings-rows] td:nth-child(2)").allTextContents();
    const isSet = values.map((value) => !/\(default\)$|^not set$/.test(value));
    expect(isSet).toEqual(isSet.toSorted((one, other) => Number(other) - Number(one)));
    expect(await page.content()).not.toContain(desk.secret);
  });
}
