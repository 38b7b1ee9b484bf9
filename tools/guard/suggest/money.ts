import { findFor } from "../../../src/rules/phone-policy.ts";
import { createChannelSettings } from "../../../src/settings/config.ts";
import type { Prices } from "./prices.ts";
import { readSettings, type Given } from "./settings.ts";
import type { Suggestion } from "./suggest.ts";
import { table } from "./table.ts";

/** Describes the cost of a day in each country, with warnings about missing prices and senders. */
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
      ? `There are no prices for these countries from ${from}.`
      : `Cost of SMS with one part each, at the prices from ${from}. Voice calls are not included:\n${table(
          ["country", "currency", "price", "busiest day", "day that reaches the limits"],
          rows,
        )}`,
    ...warnings(prices, env),
  ].join("\n");
}

/** Warns about allowed countries without a price or a sender. */
function warnings(prices: Prices, env: Given): string[] {
  const settings = readSettings(env);
  const allowed = settings.PHONE_POLICY_ALLOWED_COUNTRIES ?? [];
  const { senders } = createChannelSettings(settings).sms;
  const withoutPrice = allowed.filter((country) => !prices.has(country));
  // Without any sender setting, 8x8 chooses the senders.
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
