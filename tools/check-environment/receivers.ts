import { isGuid, mailAddress } from "./validators.ts";
import { smsCallingCodes } from "./sms-countries.ts";

/** Who is paged, as a parameter file has it, or what is wrong with what was typed. */
export type Receivers = { readonly bicep: string } | { readonly problem: string };

/**
 * Reads mail addresses, numbers such as +4915112345678 and webhooks, with commas between. A webhook
 * is its URL, the object id of its Entra application and that application's identifier URI.
 */
export function readReceivers(typed: string): Receivers {
  const parts = typed.split(",").map((part) => part.trim());
  const numbers = parts.filter((part) => part.startsWith("+"));
  const webhooks = parts.filter((part) => part.startsWith("https:"));
  const emails = parts.filter((part) => !numbers.includes(part) && !webhooks.includes(part));
  const [sms, hooks] = [numbers.map(asSms), webhooks.map(asWebhook)];
  if (emails.length === 0 || !emails.every((email) => mailAddress.test(email)))
    return { problem: "That has to be mail addresses with commas between, at least one." };
  if (sms.includes(undefined))
    return {
      problem: "Azure sends no SMS to one of these numbers: docs/parameters.md#who-is-paged.",
    };
  if (hooks.includes(undefined))
    return {
      problem:
        "A webhook is an https address, the object id of its Entra application and its identifier URI, with spaces between.",
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

/** As a string of Bicep: https://learn.microsoft.com/azure/azure-resource-manager/bicep/data-types#strings */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]|\$(?=\{)/g, "\\$&")}'`;
}
