/**
 * 8x8's hosts for SMS, one for each region (2026-07-23). Voice calls have one host.
 * https://developer.8x8.com/connect/docs/platform-deployment-regions
 */
export const smsHosts = ["sms.8x8.com", "sms.us.8x8.com", "sms.8x8.uk", "sms.8x8.id"];
export const voiceHosts = ["voice.8x8.com"];

export const urlsOf = (hosts: readonly string[]): string =>
  hosts.map((host) => `https://${host}`).join(", ");
