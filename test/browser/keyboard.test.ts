import type { Page } from "playwright-core";
import { describeInBrowser, setUpDesk, type Desk } from "./desk.ts";

describeInBrowser("with the keyboard alone", () => {
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    desk = await setUpDesk();
    page = await desk.open();
  });
  afterAll(() => desk.stop());

  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = () => page.locator(":focus");
  const selected = () => page.getByRole("option", { selected: true });

  test("a hook is sent: s, a number, Enter", async () => {
    await press("s");
    expect(await focused().getAttribute("name")).toBe("phoneNumber");
    await press("ControlOrMeta+a");
    await page.keyboard.type("+12025550177");
    await press("Enter");
    await page.locator(".outcome", { hasText: "accepted" }).waitFor();
    await page.locator(".message", { hasText: "+12025550177" }).waitFor();
    await press("Enter");
    await page.locator(".message").nth(1).waitFor();
  });

  test("j and k go through the hooks, Escape leaves the one that is open", async () => {
    await press("Escape", "j");
    await page.waitForURL(/#hook=2$/);
    await press("j");
    await page.waitForURL(/#hook=1$/);
    await page.getByRole("article").waitFor();
    await press("k");
    await page.waitForURL(/#hook=2$/);
    expect(await selected().count()).toBe(1);
    await press("Escape");
    expect(await page.getByRole("article").count()).toBe(0);
  });

  test("/ filters, and Escape empties the filter", async () => {
    await press("/");
    await page.keyboard.type("nobody");
    await page.getByText("No hook has all these words.").waitFor();
    await press("Escape");
    await page.getByRole("option").first().waitFor();
  });

  test("? lists the keys; there they can be switched off, and Tab reaches everything without them", async () => {
    await press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await page.getByRole("checkbox", { name: "Single keys are on" }).focus();
    await press("Space", "Escape", "s");
    expect(page.url()).not.toContain("#send");
    const reached = new Set<string>();
    await page.evaluate("document.activeElement.blur()");
    for (let step = 0; step < 40; step++) {
      await press("Tab");
      reached.add(
        await page.evaluate<string>("document.activeElement.dataset.part ?? document.activeElement.textContent"),
      );
    }
    for (const name of [
      "Traffic",
      "Send",
      "Faults",
      "Settings",
      "help-button",
      "number",
      "bubbles",
      "filter",
      "row-list",
    ])
      expect([...reached]).toContain(name);
  });

  test("what has the focus is outlined", async () => {
    await page.getByRole("link", { name: "Faults" }).focus();
    await press("Shift+Tab", "Tab");
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
  });
});
