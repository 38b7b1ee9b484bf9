import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import queued from "../../../test/fixtures/8x8/sms-200.json" with { type: "json" };
import { answerParent } from "../child.ts";

// So little that it does not bound what is measured: all is accepted, or nothing answered. Idle
// connections are closed after 5 s, Node's own default. With a certificate in its environment it
// speaks TLS.
const accepted = JSON.stringify(queued);
const headers = {
  "content-type": "application/json",
  "content-length": accepted.length,
  connection: "keep-alive",
};
let hanging = false;
let delivered = 0;

const answer: RequestListener = (request, response) => {
  if (hanging) return;
  request.resume().on("end", () => {
    delivered += 1;
    response.writeHead(200, headers).end(accepted);
  });
};
const { TLS_KEY: key, TLS_CERT: cert } = process.env;
const options = { keepAliveTimeout: 5_000, keepAliveTimeoutBuffer: 0 };
const server =
  key && cert ? createTlsServer({ ...options, key, cert }, answer) : createServer(options, answer);
let opened = 0;
server.on("connection", () => (opened += 1));
server.listen(0, "127.0.0.1", () => {
  process.send?.(`${key ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

export interface Question {
  readonly hang?: boolean;
}
export interface Counts {
  readonly delivered: number;
  readonly opened: number;
}
answerParent(({ hang = hanging }: Question): Counts => {
  hanging = hang;
  return { delivered, opened };
});
