import * as z from "zod";
import { isCountry, type Country } from "../../rules/phone-number.ts";
import type { OrderSettings } from "../../providers/order.ts";
import { choice, headerName, invalid, isSafe } from "./validators.ts";

/**
 * The URL of a hook. A query is refused, because it can contain a key. Okta would allow a query.
 */
const hookUrl = z.string().transform((text, context) => {
  const url = URL.parse(text);
  if (url === null || url.href !== url.origin + url.pathname)
    return invalid(context, "is not a URL without a user, a query and a fragment");
  return isSafe(url) ? url.href : invalid(context, "is not an https URL");
});

const error =
  "is not all, a list of ISO 3166-1 country codes (such as DE,SG), or a percentage from 1% to 100%";

/** `all`, `DE, SG` or `20%` */
const firstFor = z.string().transform((text, context): OrderSettings["firstFor"] => {
  if (text.toLowerCase() === "all") return { percent: 100 };
  const [, percent] = /^(100|[1-9]\d?)%$/.exec(text) ?? [];
  if (percent !== undefined) return { percent: Number(percent) };
  const codes = text.split(",").map((code) => code.trim().toUpperCase());
  const countries = codes.filter((code): code is Country => isCountry(code));
  return countries.length === codes.length ? { countries } : invalid(context, error);
});

export const secondHook = {
  SECOND_HOOK_URL: hookUrl.optional().meta({
    description:
      "URL of [another provider's telephony hook](second-provider.md), which gets a code if 8x8 does not take it. Unset: no second provider.",
  }),
  SECOND_HOOK_HEADER: headerName.default("authorization").meta({
    description: "Header that carries the second hook's secret.",
  }),
  SECOND_HOOK_FIRST_FOR: firstFor.optional().meta({
    description:
      "Codes that go to the second hook first: `all`, the codes for some countries (`DE,SG`), or the codes of a share of the people (`20%`). Unset: no codes.",
  }),
  SECOND_HOOK_ON_RESEND: choice("same", "other").meta({
    description:
      "`other`: if a person asks again within five minutes, the [other provider](second-provider.md#resend) gets the code first.",
  }),
};
