/** A part of an entity group transaction. */
interface Operation {
  readonly method: string;
  /** Decoded, from the slash on. */
  readonly path: string;
}

/** https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions */
export function readBatch(body: string): Operation[] {
  const lines = body.matchAll(/^([A-Z]+) https?:\/\/[^/]+(\/\S+) HTTP\/1\.1\r?$/gm);
  return [...lines].map(([, method = "", path = ""]) => ({ method, path: decodeURIComponent(path) }));
}

/** An answer to each operation; where one of them failed, to that one alone, for then none is done. */
export function writeBatch(answers: readonly { readonly status: number; readonly body: unknown }[]): Buffer {
  const boundary = "--changesetresponse_0";
  const parts = answers.map(({ status, body }) =>
    [
      boundary,
      "Content-Type: application/http",
      "Content-Transfer-Encoding: binary",
      "",
      `HTTP/1.1 ${status} Done`,
      "DataServiceVersion: 1.0;",
      "",
      body === undefined ? "" : JSON.stringify(body),
    ].join("\r\n"),
  );
  const head = ["--batchresponse_0", `Content-Type: multipart/mixed; boundary=${boundary.slice(2)}`, ""];
  return Buffer.from([...head, ...parts, `${boundary}--`, "--batchresponse_0--", ""].join("\r\n"));
}
