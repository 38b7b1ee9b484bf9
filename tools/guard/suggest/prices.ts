import * as z from "zod";
import { isLoopback, isSafe } from "../../../src/settings/environment/validators.ts";
import { smsHosts } from "../../hosts-of-8x8.ts";
import { readSettings, type Given } from "./settings.ts";

/** The price of an SMS with one part. */
export interface Price {
  readonly amount: number;
  readonly currency: string;
}
export type Prices = ReadonlyMap<string, Price>;

/** The request for 8x8's prices. */
export interface PriceQuestion {
  readonly url: URL;
  readonly key: string;
}

/**
 * Returns undefined if there is no API key. Throws if the account is missing, or if the URL is not
 * one of 8x8's, because the key would go there.
 */
export function priceQuestionIn(env: Given): PriceQuestion | undefined {
  const { EIGHT_BY_EIGHT_API_KEY: key, EIGHT_BY_EIGHT_ACCOUNT: account } = env;
  if (!key) return undefined;
  if (!account)
    throw new Error(
      "EIGHT_BY_EIGHT_API_KEY is set, and EIGHT_BY_EIGHT_ACCOUNT is missing. Set both or neither.",
    );
  const { EIGHT_BY_EIGHT_SMS_URL: origin, EIGHT_BY_EIGHT_SMS_SUBACCOUNT: subAccount } =
    readSettings(env);
  const url = new URL(`/api/v1/accounts/${encodeURIComponent(account)}/prices`, origin);
  // Only hosts of 8x8 and a sandbox on this machine may get the API key.
  if (!isSafe(url) || !(smsHosts.includes(url.hostname) || isLoopback(url)))
    throw new Error(
      "EIGHT_BY_EIGHT_SMS_URL is not a URL of 8x8, so the API key was not sent. Use one of 8x8's hosts.",
    );
  url.searchParams.set("direction", "outbound");
  if (subAccount !== undefined) url.searchParams.set("subAccountId", subAccount);
  return { url, key };
}

const countries = z.object({
  countries: z.array(
    z.object({
      alpha2Code: z.string().regex(/^[A-Z]{2}$/),
      operators: z.array(
        z.object({
          price: z.object({ amount: z.number().nonnegative(), currency: z.string().max(3) }),
        }),
      ),
    }),
  ),
});
/** 8x8's examples have one `outbound` object, and its schema has a list of them. */
const priceList = z.object({
  subAccounts: z.array(z.object({ outbound: z.union([countries, z.array(countries)]) })),
});

/**
 * Returns the highest price among each country's operators.
 * https://developer.8x8.com/connect/reference/get-price-list
 */
export async function askForPrices({ url, key }: PriceQuestion): Promise<Prices> {
  const reply = await fetch(url, {
    headers: { authorization: `Bearer ${key}` },
    redirect: "manual",
    signal: AbortSignal.timeout(20_000),
  }).catch(() => {
    throw new Error("8x8 cannot be reached from this machine. Check the network.");
  });
  if (reply.status !== 200)
    throw new Error(
      `8x8 answered ${reply.status} instead of its prices. Check the API key and EIGHT_BY_EIGHT_ACCOUNT.`,
    );
  const { data } = priceList.safeParse(await reply.json().catch(() => undefined));
  if (data === undefined)
    throw new Error(
      "8x8's prices are not in the documented format. Remove EIGHT_BY_EIGHT_API_KEY to use the prices from receipts.",
    );
  const prices = new Map<string, Price>();
  for (const { alpha2Code, operators } of data.subAccounts
    .flatMap(({ outbound }) => outbound)
    .flatMap((list) => list.countries))
    for (const { price } of operators)
      if (price.amount >= (prices.get(alpha2Code)?.amount ?? 0)) prices.set(alpha2Code, price);
  return prices;
}
