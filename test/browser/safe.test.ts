import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { describeInBrowser, setUpDesk, type Desk } from "./desk.ts";

describeInBrowser("another web page", () => {
  let desk: Desk;
  let stranger: Server;
  let page: Page;
  beforeAll(async () => {
    desk = await setUpDesk();
    stranger = createServer((_, response) => response.setHeader("content-type", "text/html").end("<title>x</title>"));
    await once(stranger.listen(0, "127.0.0.1"), "listening");
    page = await desk.open("#faults");
    // By another name of this machine, so that the browser takes it for another site.
    const context = page.context();
    page = await context.newPage();
    await page.goto(`http://localhost:${(stranger.address() as AddressInfo).port}/`);
  });
  afterAll(async () => {
    stranger.close();
    await desk.stop();
  });

  const faultIsOn = async (): Promise<boolean> => {
    const ours = await desk.open("#faults");
    await ours.locator("form.fault").first().waitFor();
    const on = await ours.locator(".banner").isVisible();
    await ours.context().close();
    return on;
  };

  test.each([
    ["text, which a browser sends to anybody", `mode: "no-cors", method: "POST"`],
    ["JSON, for which a browser asks first", `method: "POST", headers: { "content-type": "application/json" }`],
  ])("cannot switch a fault on by %s", async (_, options) => {
    const body = `body: '{"fault":"500"}'`;
    const read = `fetch("${desk.url}/sandbox/fault", { ${options}, ${body} }).then(() => "answered", () => "refused")`;
    expect(await page.evaluate(read)).toBe("refused");
    expect(await faultIsOn()).toBe(false);
  });

  test("cannot send a hook by a form, nor read messages", async () => {
    const answered = page.waitForResponse(`${desk.url}/sandbox/hooks`);
    await page.evaluate(`{
      const frame = document.createElement("iframe");
      frame.name = "there";
      const form = Object.assign(document.createElement("form"), { target: "there", method: "post", enctype: "text/plain", action: "${desk.url}/sandbox/hooks" });
      document.body.append(frame, form);
      form.submit();
    }`);
    expect((await answered).status()).toBe(403);
    const read = `fetch("${desk.url}/sandbox/messages").then(() => "read", () => "refused")`;
    expect(await page.evaluate(read)).toBe("refused");
  });

  test("cannot put the phone into a frame", async () => {
    const answered = page.waitForResponse(`${desk.url}/`);
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement("iframe"), { id: "phone", src: "${desk.url}/" }))`,
    );
    await answered;
    expect(await page.frameLocator("#phone").getByText("The phone on the desk").count()).toBe(0);
  });
});

describeInBrowser("the page's own policy", () => {
  test("runs nothing that is not its own, and the page needs nothing else", async () => {
    const desk = await setUpDesk();
    try {
      const page = await desk.open("#faults");
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("request", (request) => {
        if (!request.url().startsWith(desk.url)) complaints.push(request.url());
      });
      for (const hash of ["#traffic", "#send", "#settings", "#phone"]) await page.goto(`${desk.url}/${hash}`);
      await page.reload();
      await page.getByText("Live", { exact: true }).waitFor();
      expect(complaints).toEqual([]);
      const script = "document.createElement('script').textContent = 'ran = true'";
      await expect(page.evaluate(script)).rejects.toThrow(/TrustedScript/);
      await page.evaluate('fetch("http://localhost:9/").catch(() => undefined)');
      expect(complaints.join()).toMatch(/Content Security Policy/);
    } finally {
      await desk.stop();
    }
  });
});
