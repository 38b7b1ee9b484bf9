import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import type { Desk } from "./desk.ts";

export function testOtherSites(getDesk: () => Desk): void {
  let desk: Desk;
  let stranger: Server;
  let page: Page;
  let strange: Page;
  beforeAll(async () => {
    desk = getDesk();
    page = await desk.open("#faults");
    stranger = createServer((_, response) =>
      response.setHeader("content-type", "text/html").end("<title>x</title>"),
    );
    await once(stranger.listen(0, "127.0.0.1"), "listening");
    strange = await page.context().newPage();
    // For the browser, another host name of this machine is another site.
    await strange.goto(`http://localhost:${(stranger.address() as AddressInfo).port}/`);
  });
  afterAll(async () => {
    stranger.close();
    await page.context().close();
  });

  /** Reloads the page first, because a fault that the page shows may be over. */
  const faultIsOn = async (): Promise<boolean> => {
    await page.reload();
    await page.locator("form.fault").first().waitFor();
    return page.locator(".banner").isVisible();
  };

  test.each([
    ["text, which browsers send without a preflight request", `mode: "no-cors", method: "POST"`],
    [
      "JSON, which needs a preflight request",
      `method: "POST", headers: { "content-type": "application/json" }`,
    ],
  ])("a page of another site cannot switch on a fault with %s", async (_, options) => {
    const body = `body: '{"fault":"500"}'`;
    const read = `fetch("${desk.url}/sandbox/fault", { ${options}, ${body} }).then(() => "answered", () => "refused")`;
    expect(await strange.evaluate(read)).toBe("refused");
    expect(await faultIsOn()).toBe(false);
  });

  test("the page loads only its own files, and blocks injected scripts and calls to other hosts", async () => {
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
  });
}
