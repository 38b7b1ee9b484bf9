import * as z from "zod";
import { isCountry, type Country } from "../../rules/phone-number.ts";
import type { OrderSettings } from "../../providers/order.ts";
import { choice, headerName, invalid, isSafe } from "./validators.ts";

/** A query is refused, because it can contain a key. */
const hookUrl = z.string().transform((text, context) => {
  const url = URL.parse(text);
  if (url === null || url.href !== url.origin + url.pathname)
    return invalid(context, "is not a URL without a user, a query and a fragment");
  return isSafe(url) ? url.href : invalid(context, "is not an https URL");
});

const error =
  "is not all, all but some countries, such as all,-DE, or a list of ISO 3166-1 country codes and at most one percentage from 1% to 100%, such as DE,SG,1%";

/** `all`, or a list such as `DE, SG, 1%` or `all, -DE` */
const firstFor = z.string().transform((text, context): OrderSettings["firstFor"] => {
  const entries = text.split(",").map((entry) => entry.trim().toUpperCase());
  const countries = entries.filter((entry): entry is Country => isCountry(entry));
  const except = entries
    .filter((entry) => entry.startsWith("-"))
    .map((entry) => entry.slice(1))
    .filter((entry): entry is Country => isCountry(entry) && !countries.includes(entry));
  const percent = entries.find((entry) => /^(?:(?:100|[1-9]\d?)%|ALL)$/.test(entry));
  const known = countries.length + except.length + (percent === undefined ? 0 : 1);
  if (known < entries.length || (except.length > 0 && percent !== "ALL"))
    return invalid(context, error);
  return {
    countries,
    ...(except.length > 0 && { except }),
    percent: percent === "ALL" ? 100 : Number.parseInt(percent ?? "0", 10),
  };
});

export const secondHook = {
  SECOND_HOOK_URL: hookUrl.optional().meta({
    description:
      "URL of [another provider's telephony hook](second-provider.md), which gets the codes that 8x8 does not take. Unset: no second provider.",
  }),
  SECOND_HOOK_HEADER: headerName.default("authorization").meta({
    description: "Header that carries the second hook's secret.",
  }),
  SECOND_HOOK_FIRST_FOR: firstFor.optional().meta({
    description:
      "Codes that go to the second hook first: `all`, all but some countries (`all,-DE`), or a list of countries and a share of the people, such as `DE,SG,1%`. Unset: no codes.",
  }),
  SECOND_HOOK_ON_RESEND: choice("same", "other").meta({
    description:
      "`other`: if a person asks again within five minutes, the [other provider](second-provider.md#resend) gets the code first.",
  }),
};
