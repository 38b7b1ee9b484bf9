import type { Page } from "playwright-core";
import { hookBody } from "../../../../tools/sandbox/okta.ts";
import type { Desk } from "./desk.ts";

/** Each test continues with the page as the previous test left it. */
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
  const rows = () => page.locator(".row");
  const detail = () => page.getByRole("region", { name: "One request" });
  const result = () => page.locator(".outcome");
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
    await fetch(desk.hookUrl, { method: "POST", headers, body });
  };

  test("a person sends a code with the form, and signs in with this code", async () => {
    await page.getByText("No request yet").waitFor();
    await show("Send");
    await page.getByLabel("Code", { exact: true }).fill("314159");
    await press("Send");
    await result().getByText("SMS delivered").waitFor();
    await press("Sign in with the code 314159");
    await result().getByText("SMS delivered, code used").waitFor();
    await bubble("314159")
      .getByText(/^Used /)
      .waitFor();
  });

  test("the list and the details of a request with a wrong secret say `Wrong secret`", async () => {
    await page.getByRole("searchbox", { name: "Filter the outcomes" }).fill("wrong secret");
    expect(await page.locator(".outcomes button").allTextContents()).toEqual(["Wrong secret"]);
    await press("Wrong secret");
    await result().getByText("unauthenticated wrong-secret").waitFor();
    await result().getByRole("link", { name: "See every step" }).click();
    await detail().getByRole("heading", { name: "Wrong secret" }).waitFor();
    await rows().first().getByText("401 · Wrong secret").waitFor();
  });

  test("the page says once what Okta does after a failure, and can send the request again", async () => {
    await show("Send");
    await page.getByRole("searchbox", { name: "Filter the outcomes" }).fill("");
    await press("Provider error");
    await result().getByText("unavailable provider-error").waitFor();
    await result().getByRole("link", { name: "See every step" }).click();
    const okta =
      "If the org has Okta's own provider, Okta sends the code. The app's provider may have sent it too.";
    await detail().getByText(okta).waitFor();
    expect(await page.getByText(okta).count()).toBe(1);
    await rows().first().getByText("503 · Unavailable: provider error").waitFor();
    await press("Send again");
    await detail().getByRole("heading", { name: "SMS delivered" }).waitFor();
    await rows()
      .filter({ has: page.locator(":checked") })
      .getByText("SMS delivered")
      .waitFor();
  });

  test("`Edit and send` sends the request with the edited body and does not reload the page", async () => {
    await detail().getByText("Edit and send").click();
    const body = detail().getByRole("textbox");
    await body.fill((await body.inputValue()).replace("+12025550123", "+1202555"));
    await page.evaluate(
      "addEventListener('submit', (e) => (window.reloads = !e.defaultPrevented))",
    );
    await detail().getByRole("button", { name: "Send", exact: true }).click();
    await detail().getByText("refused impossible-number").waitFor();
    expect(await page.evaluate("window.reloads")).toBe(false);
  });

  test("the page shows every step of a request from outside, and says for 4 s that it copied a step", async () => {
    await page.goto(`${desk.url}/#traffic`);
    await sendFromOutside("104729");
    await bubble("104729").getByText("Delivered").waitFor();
    await rows().first().click();
    for (const words of ["Is it Okta?", "8x8 got", "8x8 answered", "Answer"])
      await detail().getByText(words).first().waitFor();
    await press("Copy: 8x8 got");
    await page.getByText("Copied: 8x8 got.").waitFor();
    const copied = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(JSON.parse(copied)).toHaveProperty("destination", "+12025550123");
    expect(await page.content()).not.toContain(desk.secret);
    await page.getByText("Copied: 8x8 got.").waitFor({ state: "hidden" });
  });

  test("the page shows the language of a call, and hides the code of an SMS that did not arrive", async () => {
    await sendFromOutside("271828", { deliveryChannel: "Voice", locale: "de-DE" });
    await page.locator(".message.voice").getByText("Call in German").first().waitFor();
    await show("Faults");
    await page.getByLabel("8x8").selectOption("no-credit");
    await page
      .locator(".banner")
      .getByText("8x8 accepts an SMS, then reports that the account has no credit")
      .waitFor();
    await sendFromOutside("662607", { phoneNumber: "+12025550188" });
    const lost = page.locator(".message.lost", { hasText: "+12025550188" });
    await lost.getByText("The SMS did not arrive.").waitFor();
    expect(await bubble("662607").count()).toBe(0);
    expect(await lost.getByRole("button").count()).toBe(0);
    await page.locator(".banner").getByRole("button", { name: "Switch off" }).click();
    await page.locator(".banner").waitFor({ state: "hidden" });
    expect(await page.getByLabel("8x8").inputValue()).toBe("none");
  });

  test("the filter finds requests by their messages, and stays after a reload", async () => {
    await show("Traffic");
    await rows().first().getByText("SMS undelivered, error 42").waitFor();
    await sendFromOutside("141421", { phoneNumber: "+33612345678" });
    await bubble("141421").getByText("Delivered").waitFor();
    const filter = page.getByRole("searchbox", { name: "Filter", exact: true });
    await filter.fill("+3361 delivered 141421");
    await page.getByText(/^1 of \d+$/).waitFor();
    await page.reload();
    await page.getByText(/^1 of \d+$/).waitFor();
    await filter.fill("country:FR outcome:refused");
    await page.getByText("No request has all these words").waitFor();
    await filter.fill("");
    await rows().nth(1).waitFor();
    expect(new URL(page.url()).search).toBe("");
  });

  test("a message links to its request, and an address with an unknown request shows an error", async () => {
    await bubble("141421").getByRole("link", { name: "Request" }).click();
    await detail().getByText("+33612345678").first().waitFor();
    await page.locator(".message.chosen", { hasText: "141421" }).waitFor();
    await page.goto(`${desk.url}/#hook=999999`);
    await page.getByText("Request 999999 does not exist, or was deleted").waitFor();
  });

  test("the view `Settings` shows commands, settings without secrets, and a switch for the second hook", async () => {
    await show("Settings");
    await page.getByText(/^npx --no okta-8x8-telephony hook --channel voice/).waitFor();
    await page.getByText("EIGHT_BY_EIGHT_SMS_URL").waitFor();
    expect(await page.content()).not.toContain(desk.secret);
    await press("Switch it on");
    await page.getByRole("button", { name: "Switch it off" }).waitFor();
  });

  test("while the second hook is on, the page says that it sent a code, and shows two faults in one banner", async () => {
    const banner = page.locator(".banner");
    await show("Faults");
    await page.getByLabel(/^8x8/).selectOption("500");
    await banner.getByText("8x8 answers 500, and may have sent the code").waitFor();
    await page.getByText("If 8x8 fails, the second hook sends the code.").waitFor();
    await show("Send");
    await press("SMS");
    await result().getByText("SMS accepted by the second hook").waitFor();
    await result().getByText("8x8 did not accept the code: provider error.").waitFor();
    await show("Faults");
    await page.getByLabel(/^The second hook/).selectOption("failed");
    await banner.getByRole("link", { name: "2 faults are on" }).waitFor();
    await banner.getByRole("button", { name: "Switch off" }).click();
    await banner.waitFor({ state: "hidden" });
  });

  test("the page refuses a wrong setting with the app's words, and tries a correct one", async () => {
    await show("Settings");
    await page.getByLabel("HOOK_BUDGET_MS").fill("1");
    await press("Restart with these settings");
    await page.getByText(/^Setting HOOK_BUDGET_MS is not /).waitFor();
    await page.getByLabel("HOOK_BUDGET_MS").fill("2400");
    await press("Restart with these settings");
    await page.getByText('"HOOK_BUDGET_MS": "2400"').waitFor();
    await press("Switch it off");
    await page.getByRole("button", { name: "Switch it on" }).waitFor();
  });
}
