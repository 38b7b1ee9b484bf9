import { judge, type Schema } from "./judge.ts";

const schemas: Readonly<Record<string, Schema>> = {
  Hook: {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string", maximum: 5 },
      id: { type: "string", readOnly: true },
      created: { type: "string", format: "date-time" },
      channel: { $ref: "#/components/schemas/Channel" },
      tags: { type: "array", items: { type: "string", enum: ["a", "b"] } },
      free: { type: "object", additionalProperties: true },
      note: { type: "string", nullable: true },
    },
  },
  Channel: {
    type: "object",
    properties: { type: { type: "string" } },
    discriminator: { propertyName: "type", mapping: { HTTP: "#/components/schemas/Http" } },
  },
  Http: {
    allOf: [{ $ref: "#/components/schemas/Channel" }, { properties: { uri: { type: "string" } } }],
  },
};
const hook = { $ref: "#/components/schemas/Hook" };
const validHook = {
  name: "8x8",
  created: "2026-11-26T12:00:00.000Z",
  channel: { type: "HTTP", uri: "x" },
  tags: ["a"],
};

test("judge() finds no problem in a value that follows the document", () => {
  expect(judge(schemas, hook, { ...validHook, free: { any: 1 }, note: null }, "sent")).toEqual([]);
  expect(judge(schemas, hook, { ...validHook, id: "1", channel: null }, "answered")).toEqual([]);
  expect(judge(schemas, { oneOf: [{ type: "string" }, hook] }, validHook, "sent")).toEqual([]);
});

test.each<[string, object, string]>([
  ["an unknown field", { nme: "x" }, "nme: Okta's document does not have this field"],
  [
    "a field of another channel type",
    { channel: { type: "OAUTH", uri: "x" } },
    "channel.uri: Okta's document does not have this field",
  ],
  ["a wrong type", { tags: "a" }, "tags: string instead of array"],
  ["an unlisted word", { tags: ["c"] }, "tags[0]: a value that Okta does not list"],
  ["a read-only field", { id: "1" }, "id: only Okta writes this field"],
  ["a missing value", { name: undefined }, "name: undefined instead of string"],
  ["null", { channel: null }, "channel: null"],
  ["a wrong date-time", { created: "yesterday" }, "created: not a date-time"],
  ["a name that is too long", { name: "longer" }, "name: has a wrong length"],
])("judge finds %s in a sent value", (_, change, problem) => {
  expect(judge(schemas, hook, { ...validHook, ...change }, "sent")).toEqual([problem]);
});
