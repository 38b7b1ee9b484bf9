import type { OtpDelivery } from "../../src/delivery/otp-delivery.ts";
import { MessageText, OtpCode, RawPhoneNumber } from "../../src/delivery/redacted.ts";

const needed = [
  ...["body", "eventType", "data", "data.messageProfile"],
  ...["data.messageProfile.phoneNumber", "data.messageProfile.otpCode", "data.messageProfile.deliveryChannel"],
];

/** Another reader of the hook's body, written by hand: what the schema is compared with. */
export function readByHand(json: unknown): OtpDelivery | { readonly wrongPaths: readonly string[] } {
  const hook = new Fields(json);
  hook.required("eventType", (value) => (value === "com.okta.telephony.provider" ? value : undefined));
  const eventId = hook.optional("eventId", text);
  const source = hook.optional("source", text);
  const requestType = hook.optional("requestType", text);
  const data = hook.object("data");
  const request = data.optionalObject("context").optionalObject("request");
  const oktaRequestId = request.optional("id", text);
  const clientIp = request.optional("ipAddress", text);
  const oktaUserId = data.optionalObject("userProfile").optional("userId", userIdOf);
  const profile = data.object("messageProfile");
  const phoneNumber = profile.required("phoneNumber", (value) => textOrNumber(value) || undefined);
  const code = profile.required("otpCode", otpCode);
  const channel = profile.required("deliveryChannel", channelOf);
  const msgTemplate = profile.optional("msgTemplate", text);
  const expiresAt = profile.optional("otpExpires", (value) => (value === "" ? "never" : instant(value)));
  const locale = profile.optional("locale", text);
  const missing = hook.wrongPaths.filter((path) => needed.includes(path));
  if (missing.length > 0 || phoneNumber === undefined || code === undefined || channel === undefined)
    return { wrongPaths: missing };
  const withCode = msgTemplate?.replaceAll(/[\s-]/g, "").includes(code) ?? false;
  const odd = [
    ...(eventId === undefined || isId(eventId) ? [] : ["eventId"]),
    ...(oktaRequestId === undefined || isId(oktaRequestId) ? [] : ["data.context.request.id"]),
  ];
  const kind = kindOf(requestType?.toLowerCase());
  const template = msgTemplate?.trim() ? msgTemplate : undefined;
  return {
    channel,
    phoneNumber: new RawPhoneNumber(phoneNumber),
    code: new OtpCode(code),
    text: template !== undefined && withCode ? new MessageText(template) : undefined,
    templateWithoutCode: template !== undefined && !withCode,
    expiresAt: expiresAt === "never" ? undefined : expiresAt,
    locale,
    clientIp,
    eventId,
    requestType: kind === "unknown" && requestType !== undefined ? "other" : requestType?.toLowerCase(),
    kind,
    oktaRequestId,
    oktaUserId,
    oktaOrg: hostOf(source ?? ""),
    oddPaths: [...hook.wrongPaths, ...odd],
  };
}

function kindOf(requestType: string | undefined): OtpDelivery["kind"] {
  const kinds: Record<string, OtpDelivery["kind"]> = {
    "pre-enrollment": "enrollment",
    "mfa-verification": "sign-in",
    "account-unlock": "recovery",
    "password-reset": "recovery",
  };
  const [, name = ""] = /^com\.okta\.user\.telephony\.([a-z-]+)$/.exec(requestType ?? "") ?? [];
  return Object.hasOwn(kinds, name) ? (kinds[name] ?? "unknown") : "unknown";
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function isId(id: string): boolean {
  const digitsInARow = Math.max(
    ...id
      .replaceAll(/[-_]/g, "")
      .split(/\D/)
      .map(({ length }) => length),
  );
  const [lower, upper, digit] = [/[a-z]/, /[A-Z]/, /[0-9]/].map((sign) => sign.test(id));
  const mixed = [lower, upper, digit].filter(Boolean).length > 1;
  return id.length >= 16 && id.length <= 64 && /^[\w-]+$/.test(id) && mixed && digitsInARow < 6;
}

function userIdOf(value: unknown): string | undefined {
  const id = text(value) ?? "";
  const isId = id.startsWith("00u") && id.length >= 13 && id.length <= 43 && /^[\dA-Za-z]+$/.test(id);
  return isId && /[A-Za-z]/.test(id.slice(3)) ? id : undefined;
}

function hostOf(source: string): string | undefined {
  const host = URL.canParse(source) ? new URL(source).hostname : "";
  const labels = host.split(".");
  const isName = labels.length > 1 && labels.every((label) => /^[a-z\d-]+$/.test(label)) && host.length < 254;
  return isName && /^[a-z]{2,}$/.test(labels.at(-1) ?? "") ? host : undefined;
}

/** Okta's schema says string, its example shows bare numbers where a YAML writer left the quotes out. */
function textOrNumber(value: unknown): string | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? String(value) : text(value);
}

function otpCode(value: unknown): string | undefined {
  const digits = textOrNumber(value) ?? "";
  return /^\d{4,10}$/.test(digits) ? digits : undefined;
}

function channelOf(value: unknown): OtpDelivery["channel"] | undefined {
  return typeof value === "string" ? channels.get(value.toLowerCase().replaceAll(/[\s_-]/g, "")) : undefined;
}

/** A date and time of RFC 3339: https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
function instant(value: unknown): Date | undefined {
  const written = /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
  const [at, day] = written.exec(text(value) ?? "") ?? [];
  if (at === undefined || day === undefined) return undefined;
  // JavaScript takes 31 February for 3 March.
  const midnight = new Date(`${day}T00:00:00Z`).toJSON() as string | null;
  return midnight?.startsWith(day) === true ? new Date(at) : undefined;
}

const channels = new Map<string, OtpDelivery["channel"]>([
  ["sms", "sms"],
  ["voice", "voice"],
  ["call", "voice"],
  ["voicecall", "voice"],
  ["phonecall", "voice"],
]);

class Fields {
  readonly wrongPaths: string[];
  readonly #path: string;
  readonly #values: Readonly<Record<string, unknown>> | undefined;

  constructor(json: unknown, path = "", wrongPaths: string[] = []) {
    this.wrongPaths = wrongPaths;
    this.#path = path;
    if (isObject(json)) this.#values = json;
    else wrongPaths.push(path || "body");
  }

  /** @param as gives undefined for what the field may not be. Undefined is also what a field of no object reads as. */
  required<T>(name: string, as: (value: unknown) => T | undefined): T | undefined {
    if (this.#values === undefined) return undefined;
    const value = as(this.#values[name]);
    if (value === undefined) this.wrongPaths.push(this.#pathOf(name));
    return value;
  }

  /** Undefined, too, where the field is absent or null. */
  optional<T>(name: string, as: (value: unknown) => T | undefined): T | undefined {
    return (this.#values?.[name] ?? undefined) === undefined ? undefined : this.required(name, as);
  }

  /** Where it is no object, that is one wrong path, and all fields in it are undefined. */
  object(name: string): Fields {
    return this.#values === undefined ? this : new Fields(this.#values[name], this.#pathOf(name), this.wrongPaths);
  }

  optionalObject(name: string): Fields {
    return new Fields(this.#values?.[name] ?? {}, this.#pathOf(name), this.wrongPaths);
  }

  #pathOf(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
