import { BlockList, isIP } from "node:net";
import { findFor, type ByCountry } from "../rules/phone-policy.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import { writtenText, type Templates } from "../rules/texts.ts";

export interface SmsSettings {
  readonly url: string;
  readonly subAccount: string;
  /** If a country has no sender, 8x8 chooses one. */
  readonly senders: ByCountry<string | undefined>;
  readonly templates: Templates;
  /** 8x8's limits tell end users apart by their public IP address. */
  readonly sendClientIp: boolean;
  /** Each SMS must announce that the app reports used codes to 8x8. */
  readonly sendFeedback: boolean;
}

const clientMessageIdLimit = 350;

/** Creates a request for one SMS: https://developer.8x8.com/connect/reference/send-sms-single */
export function createSmsRequest(
  codeRequest: CodeRequest,
  phoneNumber: PhoneNumber,
  settings: SmsSettings,
) {
  const { eventId, clientIp } = codeRequest;
  const sendsClientIp =
    settings.sendClientIp && clientIp !== undefined && isPublicAddress(clientIp);
  return {
    path: `/api/v1/subaccounts/${encodeURIComponent(settings.subAccount)}/messages`,
    body: {
      destination: phoneNumber.expose(),
      text: writtenText(codeRequest, phoneNumber, settings.templates).expose(),
      source: findFor(settings.senders, phoneNumber),
      encoding: "AUTO",
      clientMessageId: eventId?.slice(0, clientMessageIdLimit),
      expiry: codeRequest.expiresAt?.toISOString(),
      clientIp: sendsClientIp ? clientIp : undefined,
      track: settings.sendFeedback ? "Outcome" : undefined,
    },
  };
}

// Special-purpose ranges: https://www.iana.org/assignments/iana-ipv4-special-registry and
// …/iana-ipv6-special-registry
const notPublic = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  notPublic.addSubnet(network, prefix, "ipv4");

// Only 2000::/3 is assigned for public addresses. The ranges below are the exceptions in 2000::/3.
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
for (const [network, prefix] of [
  ["2001:db8::", 32],
  ["2002::", 16],
  ["2001::", 23],
  ["3fff::", 20],
] as const)
  notPublic.addSubnet(network, prefix, "ipv6");

function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !notPublic.check(address, "ipv4");
    case 6:
      // 8x8 refuses an address with a zone such as %eth0, which has a meaning on one machine only.
      return (
        !address.includes("%") &&
        globalUnicast.check(address, "ipv6") &&
        !notPublic.check(address, "ipv6")
      );
    default:
      return false;
  }
}
