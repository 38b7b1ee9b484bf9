import type { RecordedCall } from "../../tools/sandbox/okta/management/org.ts";
import { haveDocument, readOpenApi } from "./documents.ts";
import { judge } from "./judge.ts";

/** Accepted differences. Okta accepts these fields although its document calls them read-only. */
const acceptedInRequests = [
  // In recorded exchanges of Okta's Terraform provider, the real API accepts `status`.
  /^status: only Okta writes this field$/,
  // Okta's own example ReplaceAnEventHookWithFilter sends `type`.
  /^events\.filter\.type: only Okta writes this field$/,
];
/** Okta's document mentions the `factors` of Classic Engine's default policies without a schema. */
const acceptedInAnswers = /settings\.factors: Okta's document does not have this field$/;
/** Another document has these: https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/ */
const elsewhere = / \/oauth2\//;

export function judgeCalls(calls: readonly RecordedCall[]): string[] {
  if (!haveDocument) return [];
  return calls.filter(({ call }) => !elsewhere.test(call)).flatMap(judgeCall);
}

function judgeCall({ call, body, answer }: RecordedCall): string[] {
  const { paths, components } = readOpenApi();
  const [method = "", path = ""] = call.split(" ");
  const operation = templatesOf(path)
    .map((template) => paths[template]?.[method.toLowerCase()])
    .find((found) => found !== undefined);
  // If Okta's document does not have the call, the stand-in for Okta must answer with an error.
  if (operation === undefined)
    return (answer?.status ?? 404) < 400
      ? [`${call}: Okta's document does not have this call`]
      : [];
  const given = operation.responses[String(answer?.status)];
  const { content } =
    (given?.$ref === undefined
      ? given
      : components.responses[given.$ref.split("/").at(-1) ?? ""]) ?? {};
  // Okta does not document the errors of each call, but all errors have the same schema.
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
