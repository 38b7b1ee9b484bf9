/**
 * Calling codes of the countries where Azure sends alerts by SMS (2026-07-21).
 * https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups#countriesregions-with-sms-notification-support
 */
export const smsCallingCodes: readonly string[] =
  "1 7 27 31 32 33 34 39 40 41 43 44 45 47 49 52 55 56 60 61 64 65 81 82 86 91 351 352 353 358 372 420 852 886 971 972".split(
    " ",
  );
