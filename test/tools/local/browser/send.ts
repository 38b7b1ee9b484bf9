import type { Page } from "playwright-core";
import type { Desk } from "./desk.ts";

export function send(getDesk: () => Desk): void {
  let page: Page;
  beforeAll(async () => {
    page = await getDesk().open("#send", { permissions: ["clipboard-read", "clipboard-write"] });
  });
  afterAll(() => page.context().close());

  const outcome = (words: string) => page.locator(".outcome", { hasText: words });
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const preset = (name: string) =>
    page.locator(".preset", { has: page.getByRole("button", { name, exact: true }) });

  test("the form shows the outcome beside its button, and can sign in with the code", async () => {
    await page.getByLabel("Code", { exact: true }).fill("314159");
    await press("Send");
    await page.locator(".form-end").getByRole("button", { name: "Sign in with 314159" }).click();
    await page.getByText("The code was used, and the app knows it.").waitFor();
    await page
      .locator(".message", { hasText: "314159" })
      .getByText(/^Used /)
      .waitFor();
  });

  test("a preset shows its outcome beside its button, and its fault ends after one request", async () => {
    await press("429");
    await preset("429").locator(outcome("unavailable rate-limited")).waitFor();
    await preset("429").getByText("Okta's own provider, if any, sends the code.").waitFor();
    await page.locator(".banner").waitFor({ state: "hidden" });
    expect(await page.locator(".outcome").count()).toBe(1);
  });

  test("a preset with a wrong secret leaves the form and its secret unchanged", async () => {
    await page.getByLabel("Phone number").fill("+34612345678");
    await page.getByLabel("Expires in seconds").fill("");
    await press("Wrong secret");
    await preset("Wrong secret").locator(outcome("unauthenticated wrong-secret")).waitFor();
    expect(await page.getByLabel("Phone number").inputValue()).toBe("+34612345678");
    await press("Send");
    await page.locator(".form-end").locator(outcome("SMS delivered")).waitFor();
    await page.locator(".message", { hasText: "+34612345678" }).first().waitFor();
  });

  test("a preset that lacks a setting sends nothing and shows the command to run", async () => {
    const blocked = page.getByRole("button", { name: "Blocked country" });
    expect(await blocked.isVisible()).toBe(false);
    const before = await page.locator(".message").count();
    await page.getByText("Needs a setting").click();
    await blocked.click();
    const command = "PHONE_POLICY_BLOCKED_COUNTRIES=FR npm start";
    const place = preset("Blocked country");
    await place.getByText("Nothing was sent.").waitFor();
    await place.getByText(command).waitFor();
    await place.getByRole("button", { name: "Copy" }).click();
    await page.getByText("The command is copied.").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(command);
    expect(await page.locator(".outcome").count()).toBe(1);
    expect(await page.locator(".message").count()).toBe(before);
  });

  test("a preset with an undelivered SMS offers no sign-in", async () => {
    await press("No credit, in a receipt");
    const place = preset("No credit, in a receipt");
    await place.getByText("SMS accepted by 8x8, but not delivered").waitFor();
    expect(await place.getByRole("button", { name: /^Sign in/ }).count()).toBe(0);
  });
}
