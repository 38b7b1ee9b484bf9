import type { RecordedCall } from "../../tools/sandbox/okta/management/org.ts";
import { haveDocuments, readOpenApi } from "./documents.ts";
import { judge } from "./judge.ts";

/** What is sent although Okta's document marks it as Okta's own, with the reason. */
const sentAllTheSame = [
  // The recorded exchanges of Okta's Terraform provider send it, and the real API takes it.
  /^status: only Okta writes it$/,
  // As Okta's own example ReplaceAnEventHookWithFilter has it.
  /^events\.filter\.type: only Okta writes it$/,
];
/**
 * The document says in words that Classic Engine's default policies keep `factors`, and has no
 * schema of them.
 */
const answeredAllTheSame = /settings\.factors: Okta does not know it$/;
/** Another server's: https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/ */
const elsewhere = / \/oauth2\//;

/** What Okta's document says against what was sent and answered; nothing where there is none. */
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
  // What Okta has not got is a 404 or a 405, which the program may have to live with.
  if (operation === undefined)
    return (answer?.status ?? 404) < 400 ? [`${call}: Okta has no such call`] : [];
  const given = operation.responses[String(answer?.status)];
  const { content } =
    (given?.$ref === undefined
      ? given
      : components.responses[given.$ref.split("/").at(-1) ?? ""]) ?? {};
  // Okta documents not each refusal, and all of them have one form.
  const error = (answer?.status ?? 0) >= 400 ? { $ref: "#/components/schemas/Error" } : undefined;
  const answered = error ?? content?.["application/json"]?.schema;
  const sent = operation.requestBody?.content?.["application/json"]?.schema;
  const problems = [
    ...(body === undefined || sent === undefined
      ? []
      : judge(components.schemas, sent, body, "sent").filter(
          (words) => !sentAllTheSame.some((one) => one.test(words)),
        )),
    ...(answer?.body === undefined || answered === undefined
      ? []
      : judge(components.schemas, answered, answer.body, "answered")
          .filter((words) => !answeredAllTheSame.test(words))
          .map((words) => `answer: ${words}`)),
  ];
  return problems.map((words) => `${call}: ${words}`);
}

/** Each path of Okta's with whose names in braces this one agrees; literal ones first. */
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
