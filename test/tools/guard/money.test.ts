import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describeMoney } from "../../../tools/guard/suggest/money.ts";
import { askForPrices, priceQuestionIn } from "../../../tools/guard/suggest/prices.ts";

const account = "11111111-2222-4333-8444-555555555555";
const country = (alpha2Code: string, ...amounts: readonly number[]) => ({
  alpha2Code,
  operators: amounts.map((amount) => ({ price: { amount, currency: "SGD" } })),
});
const listOf = (outbound: unknown) => ({ subAccounts: [{ subAccountId: "acme", outbound }] });

let server: Server;
let asked: IncomingMessage[];
let answer: { status: number; body: unknown; headers?: Record<string, string> };
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request);
    response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const env = (changes: Record<string, string> = {}) => ({
  EIGHT_BY_EIGHT_API_KEY: "the key",
  EIGHT_BY_EIGHT_ACCOUNT: account,
  EIGHT_BY_EIGHT_SMS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme",
  ...changes,
});
async function ask() {
  const question = priceQuestionIn(env());
  if (question === undefined) throw new Error("There is no key.");
  return askForPrices(question);
}

describe("guard:suggest", () => {
  test.each([
    ["an object, as in its examples", { countries: [country("SG", 0.01, 0.03, 0.02)] }],
    ["a list, as in its schema", [{ countries: [country("SG", 0.01, 0.03, 0.02)] }]],
  ])("reads the highest operator price of each country from %s", async (_, outbound) => {
    answer = { status: 200, body: listOf(outbound) };
    expect([...(await ask())]).toEqual([["SG", { amount: 0.03, currency: "SGD" }]]);
    expect(asked[0]?.url).toBe(
      `/api/v1/accounts/${account}/prices?direction=outbound&subAccountId=acme`,
    );
    expect(asked[0]?.headers.authorization).toBe("Bearer the key");
  });

  test("throws on 401, 302 or an unknown format from 8x8, and never quotes the API key", async () => {
    const elsewhere = { location: "/elsewhere" };
    for (const given of [
      { status: 401, body: { code: 1200 } },
      { status: 302, body: {}, headers: elsewhere },
      { status: 200, body: { prices: [] } },
    ]) {
      answer = given;
      await expect(ask()).rejects.toThrow(/^8x8(?!.*the key)/);
    }
    expect(asked).toHaveLength(3);
  });

  test.each([
    "https://sms.8x8.com.example.com",
    "https://example.com",
    "https://user@sms.8x8.com",
    "http://sms.8x8.com",
    "https://evil8x8.com",
  ])("refuses to request prices from %s", (url) => {
    expect(() => priceQuestionIn(env({ EIGHT_BY_EIGHT_SMS_URL: url }))).toThrow(
      /EIGHT_BY_EIGHT_SMS_URL/,
    );
  });

  test("requests prices from each 8x8 region, if a key and an account are set", () => {
    for (const host of ["sms.8x8.com", "sms.us.8x8.com", "sms.8x8.uk", "sms.8x8.id"])
      expect(
        priceQuestionIn(env({ EIGHT_BY_EIGHT_SMS_URL: `https://${host}` }))?.url.hostname,
      ).toBe(host);
    expect(priceQuestionIn(env({ EIGHT_BY_EIGHT_API_KEY: "" }))).toBeUndefined();
    expect(() => priceQuestionIn(env({ EIGHT_BY_EIGHT_ACCOUNT: "" }))).toThrow(
      "EIGHT_BY_EIGHT_ACCOUNT is missing",
    );
  });
});

describe("the cost of a day", () => {
  const suggestion = {
    countries: new Map([
      [
        "GB",
        {
          enrollments: { day: 40 },
          recoveries: { day: 40 },
          others: { day: 150, all: 920 },
          calls: 100,
        },
      ],
    ]),
    busiest: [
      { country: "GB", group: "others", day: 300 },
      { country: "GB", group: "enrollments", day: 100 },
      { country: "GB", group: "calls", day: 50 },
    ],
  } as const;
  const prices = new Map([["GB", { amount: 0.05, currency: "EUR" }]]);

  test("is printed for the busiest day, and for a day that reaches the limits", () => {
    expect(describeMoney(suggestion, prices, "8x8", {})).toMatch(/GB +EUR +0\.05 +20\.00 +50\.00/);
  });

  test("comes with warnings about allowed countries without a price or a sender", () => {
    const settings = {
      PHONE_POLICY_ALLOWED_COUNTRIES: "GB,DE",
      EIGHT_BY_EIGHT_SMS_SENDERS: '{"DE":"Acme"}',
    };
    const text = describeMoney(suggestion, prices, "8x8", settings);
    expect(text).toContain("allowed countries without a price: DE.");
    expect(text).toContain("allowed countries without a sender: GB.");
    expect(
      describeMoney(suggestion, prices, "8x8", { PHONE_POLICY_ALLOWED_COUNTRIES: "GB" }),
    ).not.toContain("Warning");
  });

  test("is replaced by a message if no country has a price", () => {
    expect(describeMoney(suggestion, new Map(), "the last receipts", {})).toBe(
      "There are no prices for these countries from the last receipts.",
    );
  });
});
