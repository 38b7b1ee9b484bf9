import { text } from "node:stream/consumers";
import type { Locator, Page } from "playwright-core";
import { hookBody } from "../../../../tools/sandbox/okta.ts";
import type { Desk } from "./desk.ts";

export function testIncomingHooks(getDesk: () => Desk): void {
  let desk: Desk;
  let page: Page;
  /** URL hash of the first request. */
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

  test("the page shows a new message, its receipt and its request without a reload", async () => {
    await sendFromOutside("104729");
    await bubble("Your code is 104729").getByText("Delivered").waitFor();
    await rows().filter({ hasText: "SMS delivered" }).first().click();
    firstHash = new URL(page.url()).hash;
    for (const words of [/^Accepted\b/, "8x8 sends", "came from outside"])
      await detail().getByText(words).waitFor();
  });

  test("the phone shows a call as a card with its language and each digit of the code", async () => {
    await sendFromOutside("271828", { deliveryChannel: "Voice", locale: "de-DE" });
    const call = page.locator(".message.spoken", { hasText: "2, 7, 1, 8, 2, 8" });
    await call.getByText("Call in German").waitFor();
    expect(await call.locator(".digits span").allTextContents()).toEqual(Array.from("271828"));
    expect(await call.locator("[data-part=text]").getAttribute("lang")).toBe("de-DE");
  });

  test("the list and the terminal show a request to a wrong path with its 404", async () => {
    await fetch(desk.hookUrl.replace("telephony", "telefony?code=1"), {
      method: "POST",
      body: "x",
    });
    const row = rows().filter({ hasText: "POST /api/okta/telefony" }).first();
    await row.getByText("Answered with HTTP 404").waitFor();
    await desk.printed(
      /^\S+ → HTTP 404 · POST \/api\/okta\/telefony · Okta's hook is POST \/api\/okta\/telephony$/m,
    );
  });

  test("`Send again` scrolls the list to its new row, and `Edit and send` sends the edited body", async () => {
    await page.setViewportSize({ width: 1440, height: 300 });
    await show(firstHash);
    await rows().last().scrollIntoViewIfNeeded();
    await page.getByRole("button", { name: "Send again" }).click();
    await page.waitForURL((url) => url.hash !== firstHash);
    await detail().getByText("sent from this page").waitFor();
    await detail().getByText("Accepted: Okta sends nothing itself.").waitFor();
    const chosen = page.getByRole("option", { selected: true });
    // The receipt draws the row again. A row that is being drawn has no position.
    await chosen.getByText("SMS delivered").waitFor();
    const [row, list] = [await chosen.boundingBox(), await page.locator(".rows").boundingBox()];
    expect(row?.y).toBeGreaterThanOrEqual(list?.y ?? Infinity);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole("button", { name: "Edit and send" }).click();
    const body = page.getByRole("textbox", { name: "Body" });
    await body.fill((await body.inputValue()).replace("+12025550123", "+19005550123"));
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await detail().getByText("refused premium-number", { exact: true }).waitFor();
  });

  test("the filter searches messages too, and the page shows how many requests match", async () => {
    await sendFromOutside("141421", { phoneNumber: "+33612345678" });
    await bubble("141421").getByText("Delivered").waitFor();
    const filter = page.getByRole("searchbox", { name: "Filter" });
    await filter.fill("accepted fr +3361 delivered");
    await page.getByText(/^1 of \d+$/).waitFor();
    expect(await rows().count()).toBe(1);
  });

  test("the filter survives a reload and a click on a row, and `Clear the filter` removes it", async () => {
    const filter = page.getByRole("searchbox", { name: "Filter" });
    await filter.fill("+3361 delivered");
    await rows().first().click();
    await page.reload();
    await page.getByText(/^1 of \d+$/).waitFor();
    expect(await filter.inputValue()).toBe("+3361 delivered");
    await filter.fill("country:FR outcome:refused");
    await page.getByText("No request has all these words").waitFor();
    await page.getByRole("button", { name: "Clear the filter" }).click();
    await rows().nth(1).waitFor();
    expect(new URL(page.url()).search).toBe("");
  });

  test("the details show the newest request until a row is chosen, and again after Escape", async () => {
    const isShown = (code: string) =>
      detail().locator("[open] .string", { hasText: code }).first().waitFor();
    await sendFromOutside("161803");
    await isShown("161803");
    await sendFromOutside("577215");
    await isShown("577215");
    await rows().nth(1).click();
    await isShown("161803");
    await page.keyboard.press("Escape");
    await isShown("577215");
    expect(new URL(page.url()).hash).toBe("#traffic");
    expect(await page.locator(":focus").getAttribute("role")).toBe("listbox");
  });

  test("the phone shows no code and no sign-in for an SMS that 8x8 reports as undelivered", async () => {
    await page.request.post(`${desk.url}/sandbox/fault`, {
      data: { fault: "no-credit", times: 1 },
    });
    await sendFromOutside("662607", { phoneNumber: "+12025550188" });
    const lost = page.locator(".message.lost", { hasText: "+12025550188" });
    await lost.getByText("Undelivered, error 42").waitFor();
    await lost.getByText("The SMS did not arrive.").waitFor();
    expect(await bubble("662607").count()).toBe(0);
    expect(await lost.getByRole("button", { name: /^Sign in|^Copy/ }).count()).toBe(0);
    const row = rows().filter({ hasText: "+12025550188" });
    await row.getByText("SMS accepted by 8x8, but not delivered").waitFor();
    expect(await row.getAttribute("data-tone")).toBe("bad");
    await row.click();
    await detail()
      .getByText("8x8 reports the SMS as undelivered, error 42. Okta does not know")
      .waitFor();
    expect(await detail().getByText("Accepted: Okta sends nothing itself.").count()).toBe(0);
  });

  test("the phone filters messages by typed digits, and clicks on the number show all messages", async () => {
    await page.getByLabel("Number", { exact: true }).fill("33612");
    await bubble("+12025550123").first().waitFor({ state: "hidden" });
    expect(await page.locator(".message").count()).toBe(1);
    await page.getByRole("button", { name: "+33612345678" }).click();
    await page.getByRole("button", { name: "+33612345678" }).click();
    await bubble("+12025550123").first().waitFor();
  });

  test("a link opens its request or message, and the page reports an unknown request", async () => {
    await show(firstHash);
    await detail().getByText("+12025550123").first().waitFor();
    await page.getByRole("option", { selected: true }).waitFor();
    await page.getByRole("link", { name: "On the phone" }).click();
    await page.locator(".message.chosen", { hasText: "104729" }).waitFor();
    await show("#hook=999999");
    await page.getByText("Request 999999 does not exist, or was deleted").waitFor();
  });

  test("JSON and curl copies and downloads leave out the hook secret", async () => {
    await show(firstHash);
    const clipboard = () => page.evaluate<string>("navigator.clipboard.readText()");
    const choose = async (item: string) => {
      await page.getByRole("button", { name: "Copy ▾" }).click();
      await page.getByRole("button", { name: item }).click();
      await page.getByText(/ is copied\./).waitFor();
    };
    await choose("Copy as JSON");
    const request = await clipboard();
    expect(JSON.parse(request)).toMatchObject({ kind: "hook", outcome: "accepted" });
    await page.getByText("The request is copied.").waitFor();
    await page.keyboard.press("Escape");
    await show(firstHash);
    await choose("Copy as curl");
    await page.getByText("The command is copied.").waitFor();
    const download = async (link: Locator) => {
      const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
      return text(await file.createReadStream());
    };
    const copied = await clipboard();
    const curl = await download(detail().getByRole("link", { name: "Download curl" }));
    for (const command of [copied, curl]) expect(command).toMatch(/^curl .*\$\{?OKTA_HOOK_SECRET/s);
    const json = await download(page.locator(".tools").getByRole("link", { name: "Download" }));
    const { hooks, messages } = JSON.parse(json) as { hooks: unknown[]; messages: unknown[] };
    expect(await page.locator("[data-part=count]").textContent()).toBe(`${hooks.length} requests`);
    expect(JSON.stringify(messages)).toContain("104729");
    expect(request + copied + curl + json).not.toContain(desk.secret);
  });

  test("headers and bodies have a copy button, and JSON is highlighted", async () => {
    await show(firstHash);
    const okta = detail().locator("details", { hasText: "Okta sent" });
    await okta.getByText("Okta sent").click();
    const copied = async (name: string) => {
      await okta.getByRole("button", { name }).click();
      await page.getByText(`Copied: Okta sent, ${name.split(" ")[2]}.`).waitFor();
      return page.evaluate<string>("navigator.clipboard.readText()");
    };
    expect(await copied("Copy the headers of")).toMatch(/^content-type: application\/json$/m);
    const body = await copied("Copy the body of");
    expect(JSON.parse(body)).toHaveProperty("data.messageProfile.otpCode", "104729");
    expect(await okta.locator("pre").last().textContent()).toBe(body);
    expect(await okta.locator(".name").first().textContent()).toBe('"eventId"');
    expect(await okta.locator(".string").getByText('"104729"').count()).toBe(1);
    const got = detail().locator("details", { hasText: "Okta got" });
    expect(await got.locator(".string").getByText('"SUCCESSFUL"').count()).toBe(1);
  });

  test("`Clear` empties the page, and disables itself and `Download` until the next request", async () => {
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("No request yet").waitFor();
    await page.getByText("No message yet").waitFor();
    const middle = async (selector: string) => {
      const { y = 0, height = 0 } = (await page.locator(selector).boundingBox()) ?? {};
      return y + height / 2;
    };
    const offset = (await middle("[data-part=phone-empty]")) - (await middle(".bubbles"));
    expect(Math.abs(offset)).toBeLessThan(2);
    expect(await page.getByRole("button", { name: "Clear" }).isDisabled()).toBe(true);
    const download = page.getByRole("link", { name: "Download", exact: true });
    expect(await download.getAttribute("aria-disabled")).toBe("true");
    expect(await download.getAttribute("href")).toBeNull();
    // The notice says that npm start has stopped, which is not the case here.
    expect(await page.locator(".notice").isVisible()).toBe(false);
    await page.reload();
    await page.getByText("No request yet").waitFor();
    await sendFromOutside("282842");
    await bubble("282842").waitFor();
    expect(await rows().count()).toBe(1);
    expect(await page.getByRole("button", { name: "Clear" }).isEnabled()).toBe(true);
    expect(await download.getAttribute("href")).toBe("/sandbox/traffic");
  });

  test("the Settings page explains each setting, and lists settings with a value first", async () => {
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
