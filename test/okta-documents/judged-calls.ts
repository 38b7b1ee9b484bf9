import type { RecordedCall } from "../../tools/sandbox/okta/management/org.ts";
import { haveDocuments, readOpenApi } from "./documents.ts";
import { judge } from "./judge.ts";

/** Accepted problems. Okta takes these fields although its document marks them as read-only. */
const acceptedInRequests = [
  // Okta's Terraform provider sends `status` in its recorded exchanges, and the real API accepts
  // it.
  /^status: only Okta writes it$/,
  // Okta's own example ReplaceAnEventHookWithFilter sends `type`.
  /^events\.filter\.type: only Okta writes it$/,
];
/** Okta's document mentions the `factors` of Classic Engine's default policies without a schema. */
const acceptedInAnswers = /settings\.factors: Okta does not know it$/;
/** The API of another server: https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/ */
const elsewhere = / \/oauth2\//;

/** Returns the differences between calls and Okta's document, or none without the document. */
export function judgeCalls(calls: readonly RecordedCall[]): string[] {
  if (!haveDocuments) return [];
  return calls.filter(({ call }) => !elsewhere.test(call)).flatMap(judgeCall);
}

function judgeCall({ call, body, answer }: RecordedCall): string[] {
  const { paths, components } = readOpenApi();
  const [method = "", path = ""] = call.split(" ");
  const operation = templatesOf(path)
    .map((template) => paths[template]?.[method.toLowerCase()])
    .find((found) => found !== undefined);
  // If Okta has no such call, the sandbox must answer with an error.
  if (operation === undefined)
    return (answer?.status ?? 404) < 400 ? [`${call}: Okta has no such call`] : [];
  const given = operation.responses[String(answer?.status)];
  const { content } =
    (given?.$ref === undefined
      ? given
      : components.responses[given.$ref.split("/").at(-1) ?? ""]) ?? {};
  // Okta does not document each error, but all errors have one schema.
  const error = (answer?.status ?? 0) >= 400 ? { $ref: "#/components/schemas/Error" } : undefined;
  const answered = error ?? content?.["application/json"]?.schema;
  const sent = operation.requestBody?.content?.["application/json"]?.schema;
  const problems = [
    ...(body === undefined || sent === undefined
      ? []
      : judge(components.schemas, sent, body, "sent").filter(
          (words) => !acceptedInRequests.some((accepted) => accepted.test(words)),
        )),
    ...(answer?.body === undefined || answered === undefined
      ? []
      : judge(components.schemas, answered, answer.body, "answered")
          .filter((words) => !acceptedInAnswers.test(words))
          .map((words) => `answer: ${words}`)),
  ];
  return problems.map((words) => `${call}: ${words}`);
}

/** Returns Okta's path templates that match `path`. Templates with fewer parameters come first. */
function templatesOf(path: string): string[] {
  const parts = path.split("/");
  const agrees = (template: string) => {
    const others = template.split("/");
    return (
      others.length === parts.length &&
      others.every((part, at) => part.startsWith("{") || part === parts[at])
    );
  };
  const braces = (template: string) => template.split("{").length;
  return Object.keys(readOpenApi().paths)
    .filter(agrees)
    .toSorted((one, two) => braces(one) - braces(two));
}
