import type { Mutant } from "./report.ts";

/** Changes that no test has to see: the line, what stands in it instead, and why. */
const reasons: Readonly<
  Record<string, readonly (readonly [line: string, replacement: string, why: string])[]>
> = {
  "src/8x8/client.ts": [
    [
      'resolve({ kind: "unanswered", cause: cut ?? "connection-cut" });',
      '""',
      "A reply that is too large alone ends without a cut, and it has a status by then.",
    ],
    [
      'controller?.abort(new Error("deadline"));',
      '""',
      "The text of an error that goes to undici and to nobody else.",
    ],
    [
      'const to = { protocol, hostname: hostname.replace(/^\\[|\\]$/g, ""), host, port };',
      "/\\[|\\]$/g",
      "A host name has brackets at both ends, as an IPv6 address, or none.",
    ],
    [
      'const to = { protocol, hostname: hostname.replace(/^\\[|\\]$/g, ""), host, port };',
      "/^\\[|\\]/g",
      "A host name has brackets at both ends, as an IPv6 address, or none.",
    ],
    [
      'signal.removeEventListener("abort", onDeadline);',
      '""',
      "What has ended hears of its deadline again, and does nothing: it has settled.",
    ],
  ],
  "src/8x8/feedback.ts": [
    [
      "ownDeadline.end();",
      ";",
      "A timer that keeps no process alive, and a signal that nobody listens to any more.",
    ],
  ],
  "src/delivery/json.ts": [
    [
      'Reflect.deleteProperty(parent as object, path.at(-1) ?? "");',
      '"Stryker was here!"',
      "A path without a last name is the whole body, which is always required, so nothing is deleted by it.",
    ],
    ["} catch {", "{}", "A function without a return gives undefined too."],
  ],
  "src/delivery/phone-number.ts": [
    [
      "const parsed = parsePhoneNumberFromString(text, { ...(defaultCountry && { defaultCountry }), extract: false });",
      "true",
      "The text has been found to be a number and an extension, so there is nothing around it to extract from.",
    ],
  ],
  "src/delivery/texts.ts": [
    [
      'voiceProfile: own ?? voiceFor("en", profiles) ?? "",',
      '"Stryker was here!"',
      "Settings always hold an English voice.",
    ],
    [
      'const another = [...profiles.keys()].find((key) => languageOf(key) === language) ?? "";',
      '"Stryker was here!"',
      "No voice stands under either name.",
    ],
  ],
  "src/guard/enrollments.ts": [
    [
      'if (numbers.includes(phoneKey)) return "first";',
      '""',
      'It is only compared with "repeated".',
    ],
  ],
  "src/okta/access-token.ts": [
    ["} catch {", "{}", "A function without a return gives undefined too."],
    [
      'if (error instanceof errors.JOSEError) return no("token-signature");',
      "true",
      "No token makes jose throw anything but its own errors; what is thrown is a bug of ours, and the code is refused either way.",
    ],
  ],
  "src/okta/event-hook.ts": [
    [
      'outcome.reason ?? "",',
      '"Stryker was here!"',
      "The text that stands for no name is no word of a factor.",
    ],
  ],
  "src/okta/telephony-request.ts": [
    [
      'if (known === undefined) context.issues.push({ code: "custom", input: undefined });',
      '""',
      "The kind of an issue is read by nobody: its path is.",
    ],
    [
      'oktaOrg: orgOf(source ?? "", known),',
      '"Stryker was here!"',
      "No source is no URL, whatever the text.",
    ],
    [
      "const withCode = template !== undefined && holdsCode(template, code);",
      "true",
      "A template with the code is a template.",
    ],
  ],
  "src/okta/token-keys.ts": [
    [
      'if (size > keySetLimitBytes) response.destroy(Object.assign(new Error("too large"), { code: "too large" }));',
      '""',
      "The error's message is read by nobody: the log has its code.",
    ],
    [
      'const request = get(url, { signal, headers: { accept: "application/json" } }, (response) => {',
      '""',
      "Okta answers JSON whatever is asked for.",
    ],
    [
      'if (size > keySetLimitBytes) response.destroy(Object.assign(new Error("too large"), { code: "too large" }));',
      "size >= keySetLimitBytes",
      "A key set of exactly 64 KiB: Okta's are under 2 KB.",
    ],
    [
      'response.on("error", reject);',
      '""',
      "Node.js gives the same error to the request, whose listener rejects.",
    ],
  ],
  "src/secrets/refreshed-secret.ts": [
    [
      "#reload = { at: -Infinity, done: Promise.resolve(true) };",
      "false",
      "What a reload gives is read by nobody before the first one has started.",
    ],
    [
      "if (clock.elapsed() >= this.#dueAt) void this.#start();",
      "clock.elapsed() > this.#dueAt",
      "The timer is due at the same moment.",
    ],
    [
      "if (this.#running === undefined && waitMs > 0) await sleep(clock, waitMs);",
      "waitMs >= 0",
      "A pause of 0 ms: the read starts a turn of the event loop later.",
    ],
  ],
  "src/settings/channels.ts": [
    [
      'subAccount: env.EIGHT_BY_EIGHT_SMS_SUBACCOUNT ?? "",',
      '"Stryker was here!"',
      "The setting is required, so this config is never handed out.",
    ],
  ],
  "src/settings/config.ts": [
    [
      'const issuer = env.OKTA_TOKEN_ISSUER ?? "";',
      '"Stryker was here!"',
      "The setting is required where tokens are accepted, and not read elsewhere.",
    ],
  ],
  "src/settings/environment/8x8.ts": [
    [
      'const sandbox = "http://127.0.0.1:7072";',
      '""',
      "It is written into the example settings alone, which test/scripts/generate.test.ts compares.",
    ],
  ],
  "src/settings/environment/azure.ts": [
    [
      "setByTemplate: true,",
      "false",
      "It is written into the documents alone, which test/scripts/generate.test.ts compares.",
    ],
  ],
  "src/settings/environment/templates.ts": [
    [
      'return isGood ? map : invalid(context, "is not texts by language");',
      '""',
      "The map's own sentence is the one that is shown.",
    ],
  ],
};

export const livingAsExpected = ({ file, text, replacement }: Mutant): boolean =>
  (reasons[file] ?? []).some(([line, known]) => line === text && known === replacement);
