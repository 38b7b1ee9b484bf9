import { findFor } from "../../../src/delivery/phone-policy.ts";
import { createChannelSettings } from "../../../src/settings/config.ts";
import type { Prices } from "./prices.ts";
import { readSettings, type Given } from "./settings.ts";
import type { Suggestion } from "./suggest.ts";
import { table } from "./table.ts";

/** What a day costs in each country, and what is missing. */
export function describeMoney(
  { countries, busiest }: Pick<Suggestion, "countries" | "busiest">,
  prices: Prices,
  from: string,
  env: Given,
): string {
  const rows = [...countries].flatMap(([country, { enrollments, recoveries, others }]) => {
    const price = prices.get(country);
    if (price === undefined) return [];
    const usual = busiest
      .filter((one) => one.country === country && one.group !== "calls")
      .reduce((sum, { day }) => sum + day, 0);
    const limits = (enrollments?.day ?? 0) + (recoveries?.day ?? 0) + (others?.all ?? 0);
    const cost = (codes: number) => (codes * price.amount).toFixed(2);
    return [[country, price.currency, String(price.amount), cost(usual), cost(limits)]];
  });
  return [
    rows.length === 0
      ? `No price of a country is known from ${from}.`
      : `SMS of one part in money, with the prices from ${from}. Calls are not in it:\n${table(
          ["country", "currency", "price", "busiest day", "day that reaches the limits"],
          rows,
        )}`,
    ...warnings(prices, env),
  ].join("\n");
}

/** Of the countries that the phone policy allows. */
function warnings(prices: Prices, env: Given): string[] {
  const settings = readSettings(env);
  const allowed = settings.PHONE_POLICY_ALLOWED_COUNTRIES ?? [];
  const { senders } = createChannelSettings(settings).sms;
  const withoutPrice = allowed.filter((country) => !prices.has(country));
  // If no sender is set at all, 8x8 chooses one.
  const withoutSender = allowed.filter(
    (country) => senders.size > 0 && findFor(senders, { country, callingCode: "" }) === undefined,
  );
  return [
    ...(withoutPrice.length === 0
      ? []
      : [
          `Warning: allowed countries without a price: ${withoutPrice.join(", ")}. 8x8 may not serve them.`,
        ]),
    ...(withoutSender.length === 0
      ? []
      : [
          `Warning: allowed countries without a sender: ${withoutSender.join(", ")}. Set EIGHT_BY_EIGHT_SMS_SENDERS.`,
        ]),
  ];
}
