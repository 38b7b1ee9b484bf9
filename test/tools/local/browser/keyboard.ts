import type { Desk } from "./desk.ts";

export function testKeyboard(getDesk: () => Desk): void {
  test("with the keyboard alone, a person sends a code, causes a failure, and opens both requests", async () => {
    const page = await getDesk().open();
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const tabTo = async (name: string) => {
      const words = "document.activeElement.ariaLabel || document.activeElement.textContent.trim()";
      for (let left = 120; left > 0; left--) {
        if ((await page.evaluate<string>(words)) === name) return;
        await press("Tab");
      }
      throw new Error(`The key Tab did not reach ${name}.`);
    };

    await tabTo("Send");
    await press("Enter");
    await page.getByRole("button", { name: "Provider error", exact: true }).waitFor();
    await tabTo("Provider error");
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe(
      "solid",
    );
    await press("Enter");
    await page.locator(".outcome").getByText("unavailable provider-error").waitFor();
    await tabTo("SMS");
    await press("Enter");
    await page.locator(".outcome").getByText("SMS delivered").waitFor();
    await tabTo("Traffic");
    await press("Enter");
    await tabTo("Filter");
    await press("Tab", "Tab", "ArrowDown");
    await page.getByRole("heading", { name: "Unavailable: provider error" }).waitFor();
    await press("ArrowUp");
    await page.getByRole("heading", { name: "SMS delivered" }).waitFor();
    await tabTo("Send again");
    await press("Enter");
    await page.getByText("The request was sent again.").waitFor();
    await page.context().close();
  });
}
