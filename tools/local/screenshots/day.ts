import type { Page } from "playwright-core";
import type { SendHook } from "../phone/protocol.ts";

/** Number of requests that are sent first, because the first requests after a start are slow. */
const warmUps = 5;

/**
 * Plays each kind of outcome once and sends messages to a person. Returns the number of the newest
 * request.
 */
export async function playADay(page: Page): Promise<number> {
  const warm: SendHook = { channel: "sms", phoneNumber: "+12025550100" };
  for (let sent = 0; sent < warmUps; sent++) await send(page, warm);
  await send(page, { ...warm, channel: "voice" });
  await post(page, "/sandbox/clear", {});
  await page.getByText("No request yet").waitFor();
  const acme = "Your Acme code is ${code}. It is good for 5 minutes.";
  const hooks: readonly (SendHook & { readonly fault?: string })[] = [
    { phoneNumber: "+4915112345678", code: "283016", locale: "de-DE", channel: "voice" },
    {
      phoneNumber: "+33612345678",
      code: "364688",
      locale: "fr-FR",
      template: null,
      channel: "sms",
    },
    { phoneNumber: "+19005550123", code: "771020", channel: "sms" },
    { phoneNumber: "+12025550123", code: "529420", channel: "sms", fault: "rejected" },
    { phoneNumber: "+442079460123", code: "340517", channel: "sms", fault: "500" },
    { phoneNumber: "+12025550123", code: "635380", channel: "sms", template: acme },
  ];
  let newest = 0;
  for (const { fault, ...hook } of hooks) {
    if (fault !== undefined) await post(page, "/sandbox/fault", { fault, times: 1 });
    // A fault applies only to the next request.
    newest = await send(page, hook);
  }
  // Wait for the receipts of all three messages, and for the two used codes.
  await page
    .getByText(/^(?:Delivered|Completed)$/)
    .nth(2)
    .waitFor();
  for (const code of ["283016", "635380"])
    await page.getByRole("button", { name: `Sign in with the code ${code}` }).click();
  await page
    .getByText(/^Used /)
    .nth(1)
    .waitFor();
  return newest;
}

/** Sends a request, waits for the answer and returns the request's number. */
async function send(page: Page, hook: SendHook): Promise<number> {
  const { n } = (await post(page, "/sandbox/hooks", hook)) as { n: number };
  await page.locator(`#row-${n} .ms:not([hidden])`).waitFor();
  return n;
}

async function post(page: Page, path: string, data: object): Promise<unknown> {
  const answer = await page.request.post(new URL(path, page.url()).href, { data });
  if (!answer.ok())
    throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`);
  return answer.json();
}
