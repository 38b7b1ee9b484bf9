import { isGuid, mailAddress } from "./validators.ts";
import { smsCallingCodes } from "./sms-countries.ts";

/** The parameter pageReceivers, or what is wrong with the typed text. */
export type Receivers = { readonly bicep: string } | { readonly problem: string };

/**
 * Reads e-mail addresses, numbers such as +4915112345678 and webhooks, separated by commas. A
 * webhook has a URL, its Entra application's object id and that application's identifier URI.
 */
export function readReceivers(typed: string): Receivers {
  const parts = typed.split(",").map((part) => part.trim());
  const numbers = parts.filter((part) => part.startsWith("+"));
  const webhooks = parts.filter((part) => part.startsWith("https:"));
  const emails = parts.filter((part) => !numbers.includes(part) && !webhooks.includes(part));
  const [sms, hooks] = [numbers.map(asSms), webhooks.map(asWebhook)];
  if (emails.length === 0 || !emails.every((email) => mailAddress.test(email)))
    return { problem: "Type at least one e-mail address. Separate receivers by commas." };
  if (sms.includes(undefined))
    return {
      problem:
        "One of the numbers is malformed, or Azure sends no SMS to its country. See docs/parameters.md#who-is-paged.",
    };
  if (hooks.includes(undefined))
    return {
      problem:
        "A webhook needs an https address, its Entra application's object id and its identifier URI, separated by spaces.",
    };
  const lists = [
    `emails: [${emails.map(quoted).join(", ")}]`,
    ...(sms.length === 0 ? [] : [`sms: [${sms.join(", ")}]`]),
    ...(hooks.length === 0 ? [] : [`webhooks: [${hooks.join(", ")}]`]),
  ];
  return { bicep: `{ ${lists.join(", ")} }` };
}

function asSms(number: string): string | undefined {
  const digits = number.slice(1).replaceAll(/[ ()-]/g, "");
  const code = smsCallingCodes.find((one) => digits.startsWith(one));
  if (code === undefined || !/^\d{6,15}$/.test(digits)) return undefined;
  return `{ countryCode: '${code}', phoneNumber: '${digits.slice(code.length)}' }`;
}

function asWebhook(typed: string): string | undefined {
  const [url = "", objectId = "", identifierUri = "", ...more] = typed.split(/ +/);
  if (more.length > 0 || identifierUri === "" || !isGuid.test(objectId)) return undefined;
  const fields = [`name: 'on-call'`, `url: ${quoted(url)}`, `objectId: '${objectId}'`];
  return `{ ${[...fields, `identifierUri: ${quoted(identifierUri)}`].join(", ")} }`;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/bicep/data-types#strings */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]|\$(?=\{)/g, "\\$&")}'`;
}
