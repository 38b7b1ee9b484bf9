import * as z from "zod";
import { isLoopback, isSafe } from "../../../src/settings/environment/validators.ts";
import { smsHosts } from "../../hosts-of-8x8.ts";
import { readSettings, type Given } from "./settings.ts";

/** Of one SMS of one part. */
export interface Price {
  readonly amount: number;
  readonly currency: string;
}
export type Prices = ReadonlyMap<string, Price>;

/** What is asked, with which key. */
export interface PriceQuestion {
  readonly url: URL;
  readonly key: string;
}

/**
 * Undefined if the environment has no API key. Throws if it has one, and no account, or a host that
 * is not 8x8's: the key goes there.
 */
export function priceQuestionIn(env: Given): PriceQuestion | undefined {
  const { EIGHT_BY_EIGHT_API_KEY: key, EIGHT_BY_EIGHT_ACCOUNT: account } = env;
  if (!key) return undefined;
  if (!account) throw new Error("EIGHT_BY_EIGHT_ACCOUNT is missing beside EIGHT_BY_EIGHT_API_KEY.");
  const { EIGHT_BY_EIGHT_SMS_URL: origin, EIGHT_BY_EIGHT_SMS_SUBACCOUNT: subAccount } =
    readSettings(env);
  const url = new URL(`/api/v1/accounts/${encodeURIComponent(account)}/prices`, origin);
  // One of 8x8's, or a sandbox on this machine.
  if (!isSafe(url) || !(smsHosts.includes(url.hostname) || isLoopback(url)))
    throw new Error("EIGHT_BY_EIGHT_SMS_URL is not a host of 8x8, so it does not get the API key.");
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
/** An object in 8x8's examples, and a list of them in its schema. */
const priceList = z.object({
  subAccounts: z.array(z.object({ outbound: z.union([countries, z.array(countries)]) })),
});

/**
 * The highest price of each country's operators.
 * https://developer.8x8.com/connect/reference/get-price-list
 */
export async function askForPrices({ url, key }: PriceQuestion): Promise<Prices> {
  const reply = await fetch(url, {
    headers: { authorization: `Bearer ${key}` },
    redirect: "manual",
    signal: AbortSignal.timeout(20_000),
  }).catch(() => {
    throw new Error("8x8 cannot be reached from here.");
  });
  if (reply.status !== 200)
    throw new Error(
      `8x8 answered ${reply.status} instead of its prices. Check the API key and EIGHT_BY_EIGHT_ACCOUNT.`,
    );
  const { data } = priceList.safeParse(await reply.json().catch(() => undefined));
  if (data === undefined) throw new Error("8x8's prices are not in the documented format.");
  const prices = new Map<string, Price>();
  for (const { alpha2Code, operators } of data.subAccounts
    .flatMap(({ outbound }) => outbound)
    .flatMap((list) => list.countries))
    for (const { price } of operators)
      if (price.amount >= (prices.get(alpha2Code)?.amount ?? 0)) prices.set(alpha2Code, price);
  return prices;
}
