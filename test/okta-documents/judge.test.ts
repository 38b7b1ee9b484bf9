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
const good = {
  name: "8x8",
  created: "2026-11-26T12:00:00.000Z",
  channel: { type: "HTTP", uri: "x" },
  tags: ["a"],
};

test("a value that keeps to the document has nothing said against it", () => {
  expect(judge(schemas, hook, { ...good, free: { any: 1 }, note: null }, "sent")).toEqual([]);
  expect(judge(schemas, hook, { ...good, id: "1", channel: null }, "answered")).toEqual([]);
  expect(judge(schemas, { oneOf: [{ type: "string" }, hook] }, good, "sent")).toEqual([]);
});

test.each<[string, object, string]>([
  ["a field that Okta does not know", { nme: "x" }, "nme: Okta does not know it"],
  [
    "one of another channel's",
    { channel: { type: "OAUTH", uri: "x" } },
    "channel.uri: Okta does not know it",
  ],
  ["another type", { tags: "a" }, "tags: string in place of array"],
  ["a word that is not listed", { tags: ["c"] }, "tags[0]: a word that Okta does not list"],
  ["what only Okta writes", { id: "1" }, "id: only Okta writes it"],
  ["what is missing", { name: undefined }, "name: undefined in place of string"],
  ["null", { channel: null }, "channel: null"],
  ["no date", { created: "yesterday" }, "created: no date-time"],
  ["too long a name", { name: "longer" }, "name: of a wrong length"],
])("%s is seen in what is sent", (_, change, words) => {
  expect(judge(schemas, hook, { ...good, ...change }, "sent")).toEqual([words]);
});

test("a required field that is not there is missing", () => {
  expect(judge(schemas, hook, {}, "sent")).toEqual(["name: missing"]);
});
