import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Desk } from "./desk.ts";

export function testOtherSites(getDesk: () => Desk): void {
  test("a page of another site cannot switch on a fault", async () => {
    const desk = getDesk();
    const page = await desk.open("#faults");
    const stranger = createServer((_, response) =>
      response.setHeader("content-type", "text/html").end("<title>x</title>"),
    );
    await once(stranger.listen(0, "127.0.0.1"), "listening");
    const strange = await page.context().newPage();
    // For the browser, another host name of this machine is another site.
    await strange.goto(`http://localhost:${(stranger.address() as AddressInfo).port}/`);
    // Browsers send the first one without a preflight request.
    for (const options of [`mode: "no-cors"`, `headers: { "content-type": "application/json" }`])
      expect(
        await strange.evaluate(
          `fetch("${desk.url}/sandbox/fault", { method: "POST", ${options}, body: '{"fault":"500"}' }).then(() => "answered", () => "refused")`,
        ),
      ).toBe("refused");
    await page.reload();
    expect(await page.getByLabel("8x8").inputValue()).toBe("none");
    stranger.close();
    await page.context().close();
  });

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
