import { causeOf } from "../../tools/unreached.ts";

test.each([
  ["ENOTFOUND", "DNS"],
  ["ECONNREFUSED", "is refused"],
  ["UND_ERR_SOCKET", "is cut"],
  ["ETIMEDOUT", "in time"],
  ["UND_ERR_ABORTED", "the proxy does not forward"],
  ["EHOSTUNREACH", "no route"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "NODE_EXTRA_CA_CERTS"],
])("causeOf() explains an error of fetch with the code %s", (code, words) => {
  const error = new TypeError("fetch failed", { cause: Object.assign(new Error(), { code }) });
  expect(causeOf(error)).toContain(words);
});
