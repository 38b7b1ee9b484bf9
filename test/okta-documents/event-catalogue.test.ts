import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  authenticatedBy,
  enrolledBy,
  eventBatch,
  eventsOfUse,
  hookFailed,
  oktaUserId,
  sentByOkta,
} from "../../tools/sandbox/okta.ts";
import { factorIntents } from "../../src/okta/event-hook.ts";
import { outcomeEvents } from "../../tools/okta/event-hook-body.ts";
import { ifDocuments, readCatalogue, readOpenApi } from "./documents.ts";
import { judge } from "./judge.ts";
import { readBatch } from "../okta/reading-events.ts";

/**
 * Event details that Okta documents in its knowledge base, but not in its catalogue of events:
 * https://support.okta.com/help/s/article/how-to-locate-factor-information-in-okta-system-log
 */
const knowledgeBase: Readonly<Record<string, readonly string[]>> = {
  "user.authentication.auth_via_mfa": ["factor", "factor_type"],
  "user.mfa.factor.activate": ["factor", "factor_type"],
};
const otherFactors =
  `email fido_u2f fido_webauthn push question token token:hardware token:hotp token:software:totp
  signed_nonce`.split(/\s+/);

interface LogEvent {
  readonly eventType: string;
  readonly debugContext: { readonly debugData: object };
  readonly target: readonly { readonly detailEntry: object | null }[] | null;
}

const snake = (key: string) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const sources = ["event-hook.ts", "log-event.ts", "words.ts"].map((name) =>
  readFileSync(join(__dirname, "../../src/okta", name), "utf8"),
);
const quoted = (form: RegExp) =>
  [
    ...new Set(
      sources.flatMap((text) => [...text.matchAll(/"([^"\n]+)"/g)].map(([, words = ""]) => words)),
    ),
  ].filter((words) => form.test(words));
/** The names of event details that the app reads, according to its source code. */
const names = [...quoted(/^[a-z]+(?:[A-Z][a-z\d]*)+$/), "factor"];
const types = quoted(/^[a-z_]+(?:\.[a-z_]+){1,}$/).filter((type) => !type.startsWith("com."));

function typeOf(id: string) {
  const type = readCatalogue().eventTypes.find((eventType) => eventType.id === id);
  if (type === undefined) throw new Error(`Okta's catalogue has no event ${id}.`);
  return type;
}

function fieldsOf(...schemas: readonly string[]): string[] {
  return schemas.flatMap((name) => Object.keys(readCatalogue().schemas[name]?.properties ?? {}));
}

function detailsOf(id: string): string[] {
  const { debugData, targets } = typeOf(id).schema;
  return [...fieldsOf(debugData, ...targets), ...(knowledgeBase[id] ?? [])];
}

function examplesOf(schema: string, field: string): readonly string[] {
  return readCatalogue().schemas[schema]?.properties[field]?.examples ?? [];
}

const read = (...events: object[]) => {
  const batch = readBatch(JSON.stringify(eventBatch(events)));
  if (typeof batch === "string") throw new Error(batch);
  return batch;
};

ifDocuments("Okta's catalogue of events", () => {
  test("Okta's catalogue lists every event that the app reads, and marks each as eligible for event hooks", () => {
    expect(types.length).toBeGreaterThanOrEqual(5);
    expect(types.toSorted()).toEqual(outcomeEvents.toSorted());
    expect(types.filter((type) => !typeOf(type).tags.includes("event-hook-eligible"))).toEqual([]);
  });

  test("Okta documents every event detail that the app reads", () => {
    expect(names.length).toBeGreaterThanOrEqual(9);
    const known = types.flatMap(detailsOf);
    expect(names.map(snake).filter((name) => !known.includes(name))).toEqual([]);
  });

  test("Okta's catalogue has the same values of factorIntent as the app", () => {
    expect(examplesOf("UserFactorDebugData", "factor_intent").toSorted()).toEqual(
      factorIntents.toSorted(),
    );
  });

  test("the app knows every method and factor in Okta's catalogue", () => {
    const byMethod = (methodTypeUsed: string) => {
      const target = [
        { type: "User", id: oktaUserId },
        { type: "AuthenticatorEnrollment", detailEntry: { methodTypeUsed } },
      ];
      const { events, unknownFactors } = read(
        authenticatedBy("sms", { debugData: { factor: undefined }, event: { target } }),
      );
      return [events.map((event) => ("channel" in event ? event.channel : "none")), unknownFactors];
    };
    const methods = examplesOf("AuthenticatorEnrollmentResourceDetails", "method_type_used");
    expect(Object.fromEntries(methods.map((method) => [method, byMethod(method)]))).toEqual({
      SMS: [["sms"], 0],
      VOICE: [["voice"], 0],
      EMAIL: [[], 0],
    });
    const others = [...examplesOf("UserFactorDebugData", "factor"), ...otherFactors];
    const event = { target: [{ type: "User", id: oktaUserId }] };
    expect(
      read(...others.map((factor) => authenticatedBy("sms", { debugData: { factor }, event }))),
    ).toEqual({
      events: [],
      unreadable: 0,
      unknownFactors: 0,
    });
  });

  test("Okta's documents have every field of the events that the stand-in for Okta sends", () => {
    const { schemas } = readOpenApi().components;
    const made = (["sms", "voice"] as const).flatMap((channel) => [
      ...[authenticatedBy(channel), enrolledBy(channel), sentByOkta(channel, true), hookFailed()],
      ...["pre-enrollment", "password-reset"].flatMap((type) =>
        eventsOfUse(channel, `com.okta.user.telephony.${type}`),
      ),
    ]) as LogEvent[];
    for (const event of made) {
      expect(judge(schemas, { $ref: "#/components/schemas/LogEvent" }, event, "answered")).toEqual(
        [],
      );
      const details = [
        event.debugContext.debugData,
        ...(event.target ?? []).map(({ detailEntry }) => detailEntry ?? {}),
      ];
      const known = detailsOf(event.eventType);
      expect(
        details
          .flatMap((detail) => Object.keys(detail).map(snake))
          .filter((name) => !known.includes(name)),
      ).toEqual([]);
    }
  });
});
