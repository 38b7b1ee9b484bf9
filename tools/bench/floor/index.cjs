"use strict";
// This function only forwards the body with Node's own HTTP client, the least that delivers a code.
const { Agent, request: startRequest } = require("node:http");
const { text } = require("node:stream/consumers");
const { app } = require("@azure/functions");

const target = `${process.env.EIGHT_BY_EIGHT_SMS_URL}/api/v1/subaccounts/bench_sms/messages`;
const agent = new Agent({ keepAlive: true });

function forward(body) {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const options = { method: "POST", agent, headers };
    const request = startRequest(target, options, (reply) => resolve(text(reply)));
    request.on("error", reject).end(body);
  });
}

app.http("floor", {
  methods: ["POST"],
  authLevel: "anonymous",
  handler: async (request) => {
    await forward(await request.text());
    const value = { status: "SUCCESSFUL", provider: "8x8" };
    return { jsonBody: { commands: [{ type: "com.okta.telephony.action", value: [value] }] } };
  },
});
