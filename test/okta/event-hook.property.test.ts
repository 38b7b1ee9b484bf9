import fc from "fast-check";
import { authenticatedBy, enrolledBy, eventBatch, hookFailed, sentByOkta } from "../../sandbox/okta.ts";
import { fallbackResults, hookFailureReasons, unreadableReasons } from "../../src/okta/event-hook.ts";
import { long } from "../long.ts";
import { mutate } from "../mutations.ts";
import { readBatch } from "./reading-events.ts";

// Repeatable: what failed once fails again.
const seed = 12;
const hidden = ["+12025550123", "Drosselbart", "w.drosselbart@example.com"];
const keys = [
  "kind",
  "oktaEventId",
  "oktaUserId",
  "at",
  "channel",
  "country",
  "result",
  "reason",
  "codeKinds",
  "factorIntent",
];

/** Whatever comes, nothing is thrown, and what is read is of closed kinds. */
function judge(body: string): void {
  const batch = readBatch(body);
  if (typeof batch === "string") {
    expect(unreadableReasons).toContain(batch);
    return;
  }
  for (const event of batch.events) {
    expect(keys).toEqual(expect.arrayContaining(Object.keys(event)));
    expect(event.oktaEventId).toMatch(/^[\da-f-]{36}$/i);
    expect(event.oktaUserId ?? "00u").toMatch(/^00u\w*$/);
    expect(Number.isNaN(event.at.getTime())).toBe(false);
    if (event.kind === "hook-failure") expect(hookFailureReasons).toContain(event.reason);
    else expect(["sms", "voice"]).toContain(event.channel);
    if (event.kind === "fallback") expect([undefined, ...fallbackResults]).toContain(event.result);
  }
  const printed = JSON.stringify(batch);
  for (const text of hidden) expect(printed).not.toContain(text);
}

test("arbitrary text and arbitrary JSON are a batch, or a reason why not", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), judge), { seed });
  fc.assert(fc.property(fc.json({ maxDepth: 4 }), judge), { seed, numRuns: 500 });
});

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    "SMS_FACTOR",
    "LOGIN",
    "call",
    "true",
    "SUCCESS",
    "__proto__",
    "2026-02-30T00:00:00Z",
    undefined,
    ...hidden,
  ),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);
const part = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true });

test("good events with anything in their fields are read, or counted, and none of it is passed on", () => {
  fc.assert(
    fc.property(
      part("uuid", "published", "eventType", "actor", "target", "outcome", "debugContext", "__proto__"),
      part(
        "factor",
        "factorType",
        "factorIntent",
        "inlineHookType",
        "inline_hook_type",
        "isSmsHookFailover",
        "countryCodeIso2",
        "toString",
      ),
      part("id", "type", "detailEntry", "alternateId"),
      (event, debugData, target) => {
        const changes = { debugData, event: { ...event, target: [target, event["target"]] } };
        const events = [authenticatedBy, enrolledBy].map((create) => create("sms", changes));
        judge(JSON.stringify(eventBatch([...events, sentByOkta("voice", true, changes), hookFailed(changes)])));
      },
    ),
    { seed, numRuns: 1_000 },
  );
});

test("mutated batches are read, or a reason why not", () => {
  const samples = [
    eventBatch([authenticatedBy("sms"), enrolledBy("voice")]),
    eventBatch([sentByOkta("sms", true), hookFailed()]),
  ];
  for (const batch of mutate(samples, [null, 0, "", "x", [], {}, true, ...hidden], long ? 20_000 : 1_000, seed))
    judge(JSON.stringify(batch));
});

test("the keys of what Okta adds are read in either spelling", () => {
  const toSnakeCase = (key: string) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const respell = (text: string) =>
    text.replaceAll(/"(\w+)":/g, (key, name: string) => (detailKeys.has(name) ? `"${toSnakeCase(name)}":` : key));
  const detailKeys = new Set([
    "methodTypeUsed",
    "factorType",
    "factorIntent",
    "isSmsHookFailover",
    "isCallHookFailover",
    "countryCodeIso2",
  ]);
  for (const name of ["inlineHookType", "errorMessage"]) detailKeys.add(name);
  const events = [
    authenticatedBy("voice", { debugData: { factor: undefined } }),
    enrolledBy("sms", { debugData: { factorType: "sms" } }),
    sentByOkta("sms", true),
    sentByOkta("voice", true),
    hookFailed(),
  ];
  const body = JSON.stringify(eventBatch(events));
  expect(respell(body)).not.toBe(body);
  expect(readBatch(respell(body))).toEqual(readBatch(body));
  expect(readBatch(body)).toMatchObject({ events: { length: 5 }, unreadable: 0 });
});
