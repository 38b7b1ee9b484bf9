import { callingCodes, choice, countries, defaultCountry } from "./forms.ts";

export const phone = {
  PHONE_POLICY_ALLOWED_COUNTRIES: countries.optional().meta({
    description: "Comma-separated ISO codes: only these are served, the best guard against toll fraud.",
  }),
  PHONE_POLICY_BLOCKED_COUNTRIES: countries.optional().meta({
    description: "Comma-separated ISO codes: these are not served. One of the two lists at most.",
  }),
  PHONE_POLICY_ALLOWED_CALLING_CODES: callingCodes.optional().meta({
    description:
      "Comma-separated calling codes that belong to no country (800, 808, 870, 878, 881 to 883, 888, 979) and are served all the same. It adds, and excludes nobody.",
  }),
  PHONE_POLICY_MODE: choice("enforce", "record").meta({
    description:
      "`record`: what looks like abuse (country, calling code, premium number) is reported (`recordedReason`) and sent. The other refusals hold in either mode.",
  }),
  PHONE_DEFAULT_COUNTRY: defaultCountry.optional().meta({
    description: "ISO code of the country of numbers that arrive in national form.",
  }),
};
