/** An error of the sandbox, as a sentence to show. */
export class Refusal extends Error {}

/** Sends a GET, or a POST if there is a body. Throws a Refusal with the sandbox's error. */
export async function ask(path: string, body?: object): Promise<unknown> {
  const answer = await fetchOrRefuse(path, body);
  const json: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw new Refusal(sentenceOf(json) ?? `The sandbox answered ${answer.status}.`);
  return json;
}

export async function askText(path: string): Promise<string> {
  const answer = await fetchOrRefuse(path);
  if (!answer.ok) throw new Refusal(`The sandbox answered ${answer.status}.`);
  return answer.text();
}

async function fetchOrRefuse(path: string, body?: object): Promise<Response> {
  const post = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  try {
    return await fetch(path, body === undefined ? {} : post);
  } catch {
    throw new Refusal("The sandbox does not answer. Check that npm start is still running.");
  }
}

function sentenceOf(json: unknown): string | undefined {
  const { error } = (json ?? {}) as { error?: unknown };
  return typeof error === "string" ? error : undefined;
}

export function numberOf(json: unknown): number | undefined {
  const { n } = (json ?? {}) as { n?: unknown };
  return typeof n === "number" ? n : undefined;
}
