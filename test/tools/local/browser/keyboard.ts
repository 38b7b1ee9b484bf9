import type { Desk } from "./desk.ts";

export function testKeyboard(getDesk: () => Desk): void {
  test("a person sends a code, fails one, and reads both without a mouse", async () => {
    const page = await getDesk().open();
    const focused = () => page.locator(":focus");
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    /** Presses Tab until the element with this text or label has the focus. */
    const tabTo = async (name: string) => {
      const words = "document.activeElement.ariaLabel || document.activeElement.textContent.trim()";
      for (let left = 120; left > 0; left--) {
        if ((await page.evaluate<string>(words)) === name) return;
        await press("Tab");
      }
      throw new Error(`The keyboard does not reach ${name}.`);
    };

    await press("Tab");
    expect(await focused().textContent()).toBe("Skip the phone");
    await tabTo("Send");
    await press("Enter");
    await page.getByRole("button", { name: "500", exact: true }).waitFor();
    await tabTo("500");
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe(
      "solid",
    );
    await press("Enter");
    await page.locator(".outcome").getByText("unavailable provider-error").waitFor();

    await press("Escape", "/");
    expect(await focused().getAttribute("id")).toBe("filter");
    await page.keyboard.type("provider error");
    await page.getByText(/^\d+ of \d+$/).waitFor();
    await tabTo("Requests, newest first");
    await press("Home");
    await page.waitForURL(/#hook=\d+$/);
    const newest = page.url();
    await press("End", "Home");
    await page.waitForURL(newest);
    await press("Enter");
    expect(await focused().getAttribute("class")).toBe("detail-side");
    await press("Escape");
    expect(await focused().getAttribute("role")).toBe("listbox");
    await page.context().close();
  });
}
