/** Sends a GET, or a POST if there is a body. Throws an Error with the sandbox's error sentence. */
export async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  const post = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(path, body === undefined ? {} : post).catch(() => {
    throw new Error("The sandbox does not answer. Look at the terminal in which you started it.");
  });
  const json = (await answer.json().catch(() => ({}))) as Answer & { readonly error?: string };
  if (!answer.ok) throw new Error(json.error ?? `The sandbox answered ${answer.status}.`);
  return json;
}
