import type { Page } from "playwright-core";
import { hookBody } from "../../../../tools/sandbox/okta.ts";
import type { Desk } from "./desk.ts";

export function testRequests(getDesk: () => Desk): void {
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    desk = getDesk();
    page = await desk.open("", { permissions: ["clipboard-read", "clipboard-write"] });
  });
  afterAll(() => page.context().close());

  const show = (view: string) => page.getByRole("link", { name: view, exact: true }).click();
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const rows = () => page.getByRole("option");
  const detail = () => page.getByRole("article");
  const result = () => page.locator(".outcome");
  const bubble = (text: string) => page.locator(".message", { hasText: text });
  const copied = () => page.evaluate<string>("navigator.clipboard.readText()");
  const sendFromOutside = async (otpCode: string, more: Record<string, unknown> = {}) => {
    const messageProfile = {
      phoneNumber: "+12025550123",
      otpCode,
      msgTemplate: `Your code is ${otpCode}`,
      ...more,
    };
    const headers = { authorization: desk.secret, "content-type": "application/json" };
    const body = JSON.stringify(hookBody({ messageProfile }));
    await fetch(desk.hookUrl, { method: "POST", headers, body });
  };

  test("sends a code from the form, and signs in with it", async () => {
    await page.getByText("No request yet").waitFor();
    await show("Send");
    await page.getByLabel("Code", { exact: true }).fill("314159");
    await press("Send");
    await result().getByText("SMS delivered").waitFor();
    await result().getByRole("button", { name: "Sign in with the code 314159" }).click();
    await page.getByText("The code was used, and the app knows it.").waitFor();
    await bubble("314159")
      .getByText(/^Used /)
      .waitFor();
  });

  test("an outcome shows its result, and its fault ends after one request", async () => {
    await press("429");
    await result().getByText("unavailable rate-limited").waitFor();
    await page.getByRole("searchbox", { name: "Filter the outcomes" }).fill("too many");
    expect(await page.locator(".outcomes button").allTextContents()).toEqual(["429"]);
    await page.getByRole("searchbox", { name: "Filter the outcomes" }).fill("");
    await press("Send");
    await result().getByText("SMS delivered").waitFor();
  });

  test("an outcome that lacks a setting sends nothing and shows the command to run", async () => {
    const before = await page.locator(".message").count();
    await press("Blocked country");
    await result().getByText("Nothing was sent.").waitFor();
    await result().getByText("PHONE_POLICY_BLOCKED_COUNTRIES=FR npm start").waitFor();
    expect(await page.locator(".message").count()).toBe(before);
  });

  test("a wrong secret is called so, in the list and in the detail", async () => {
    await press("Wrong secret");
    await result().getByText("unauthenticated wrong-secret").waitFor();
    await result().getByRole("link", { name: "See every step" }).click();
    await detail().getByRole("heading", { name: "Wrong secret" }).waitFor();
    expect(await page.getByText("Not from Okta").count()).toBe(0);
    await rows().first().getByText("401 · Wrong secret").waitFor();
  });

  test("a failed request says once what Okta does, and can be sent again", async () => {
    await show("Send");
    await press("500");
    await result().getByText("unavailable provider-error").waitFor();
    await result().getByRole("link", { name: "See every step" }).click();
    const okta =
      "If the org has Okta's own provider, it sends the code; otherwise the person gets none.";
    await detail().getByText(okta).waitFor();
    expect(await page.getByText(okta).count()).toBe(1);
    await rows().first().getByText("503 · Unavailable: provider error").waitFor();
    const failed = page.url();
    await press("Send again");
    await page.waitForURL((url) => url.href !== failed);
    await detail().getByRole("heading", { name: "SMS delivered" }).waitFor();
    await page.getByRole("option", { selected: true }).getByText("SMS delivered").waitFor();
  });

  test("an edited request is sent with the edited body", async () => {
    await press("Edit and send");
    const body = page.getByRole("textbox", { name: "Body" });
    await body.fill((await body.inputValue()).replace("+12025550123", "+1202555"));
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await detail().getByText("refused impossible-number").waitFor();
  });

  test("a request from outside appears with every step, and its copies leave out the secret", async () => {
    await page.goto(`${desk.url}/#traffic`);
    await sendFromOutside("104729");
    await bubble("104729").getByText("Delivered").waitFor();
    await rows().first().click();
    for (const words of ["came from outside", "8x8 got", "8x8 answered", "Answer"])
      await detail().getByText(words).first().waitFor();
    await detail().locator("summary", { hasText: "Request" }).click();
    await press("Copy: Request, body");
    await page.getByText("Copied: Request, body.").waitFor();
    expect(JSON.parse(await copied())).toHaveProperty("data.messageProfile.otpCode", "104729");
    await press("Copy as curl");
    await page.getByText("The command is copied.").waitFor();
    const curl = await copied();
    expect(curl).toMatch(/^curl .*OKTA_HOOK_SECRET/s);
    await press("Copy as JSON");
    await page.getByText("The request is copied.").waitFor();
    expect(curl + (await copied())).not.toContain(desk.secret);
  });

  test("a call is a card with its language, and a lost SMS shows no code", async () => {
    await sendFromOutside("271828", { deliveryChannel: "Voice", locale: "de-DE" });
    await page.locator(".message.spoken").getByText("Call in German").first().waitFor();
    await page.request.post(`${desk.url}/sandbox/fault`, {
      data: { fault: "no-credit", times: 1 },
    });
    await sendFromOutside("662607", { phoneNumber: "+12025550188" });
    const lost = page.locator(".message.lost", { hasText: "+12025550188" });
    await lost.getByText("The SMS did not arrive.").waitFor();
    expect(await bubble("662607").count()).toBe(0);
    expect(await lost.getByRole("button", { name: /^Sign in|^Copy/ }).count()).toBe(0);
    await rows().first().getByText("SMS accepted by 8x8, but not delivered").waitFor();
  });

  test("the filter searches messages too, and survives a reload", async () => {
    await sendFromOutside("141421", { phoneNumber: "+33612345678" });
    await bubble("141421").getByText("Delivered").waitFor();
    const filter = page.getByRole("searchbox", { name: "Filter", exact: true });
    await filter.fill("+3361 delivered 141421");
    await page.getByText(/^1 of \d+$/).waitFor();
    await page.reload();
    await page.getByText(/^1 of \d+$/).waitFor();
    expect(await filter.inputValue()).toBe("+3361 delivered 141421");
    await filter.fill("country:FR outcome:refused");
    await page.getByText("No request has all these words").waitFor();
    await press("Clear the filter");
    await rows().nth(1).waitFor();
    expect(new URL(page.url()).search).toBe("");
  });

  test("links lead from a request to its message and back, and an unknown request is reported", async () => {
    await rows().filter({ hasText: "+33612345678" }).click();
    await page.getByRole("link", { name: "On the phone" }).click();
    await page
      .locator(".message.chosen", { hasText: "141421" })
      .getByRole("link", { name: "Request" })
      .click();
    await detail().getByText("+33612345678").first().waitFor();
    await page.goto(`${desk.url}/#hook=999999`);
    await page.getByText("Request 999999 does not exist, or was deleted").waitFor();
  });

  test("a fault is in the bar until a user switches it off", async () => {
    await show("Faults");
    const card = page.locator("form.fault", {
      has: page.getByRole("heading", { name: "Key Vault" }),
    });
    await card.getByLabel("Fault").selectOption("denied");
    await card.getByRole("button", { name: "Switch on" }).click();
    const banner = page.locator(".banner");
    await banner.getByText("Key Vault: denied, until switched off").waitFor();
    await banner.getByRole("button", { name: "Switch off" }).click();
    await banner.waitFor({ state: "hidden" });
    await card.getByRole("button", { name: "Switch on" }).waitFor();
  });

  test("Settings shows the app's health, its values without secrets, and commands", async () => {
    await show("Settings");
    await page.getByText("The app is healthy.").waitFor();
    await page.getByRole("row", { name: /^GUARD_MODE record \(default\)/ }).waitFor();
    await page.getByText("Commands for a second terminal").click();
    await page.getByText(/^npm run hook -- --channel voice/).waitFor();
    expect(await page.content()).not.toContain(desk.secret);
  });

  test("`Clear` empties the page until the next request", async () => {
    await show("Traffic");
    await press("Clear");
    await page.getByText("No request yet").waitFor();
    await page.getByText("No message yet").waitFor();
    expect(await page.getByRole("button", { name: "Clear" }).isDisabled()).toBe(true);
    await sendFromOutside("282842");
    await bubble("282842").waitFor();
    expect(await rows().count()).toBe(1);
  });
}
