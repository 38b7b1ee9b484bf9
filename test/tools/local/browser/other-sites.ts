import type { Desk } from "./desk.ts";

export function testOtherSites(getDesk: () => Desk): void {
  test("the page loads only its own files, and blocks injected scripts and calls to other hosts", async () => {
    const desk = getDesk();
    const page = await desk.open();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("request", (request) => {
      if (!request.url().startsWith(desk.url)) complaints.push(request.url());
    });
    await page.reload();
    for (const hash of ["#traffic", "#send", "#settings", "#phone"])
      await page.goto(`${desk.url}/${hash}`);
    await page.getByText("Live", { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    const script = "document.createElement('script').textContent = 'ran = true'";
    await expect(page.evaluate(script)).rejects.toThrow(/TrustedScript/);
    await page.evaluate('fetch("http://localhost:9/").catch(() => undefined)');
    expect(complaints.join()).toMatch(/Content Security Policy/);
    await page.context().close();
  });
}
