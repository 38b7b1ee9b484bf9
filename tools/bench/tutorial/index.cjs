"use strict";
// Runs the code of 8x8's guide to Okta SMS as an Azure Function, with the guide's faults. The
// function compares the secret, logs, forwards the text and answers SUCCESSFUL:
// https://developer.8x8.com/connect/docs/okta
const { useAzureMonitor } = require("applicationinsights");

// On Azure, the host calls the worker over gRPC, so the worker has no HTTP server. The local host
// has an HTTP server in the same process. Its requests must not be recorded.
useAzureMonitor({
  instrumentationOptions: { http: { enabled: true, disableIncomingRequestInstrumentation: true } },
});

const { app } = require("@azure/functions");
const axios = require("axios");

const { TUTORIAL_HOOK_SECRET, TUTORIAL_API_KEY, EIGHT_BY_EIGHT_SMS_URL } = process.env;

app.http("tutorial", {
  methods: ["POST"],
  authLevel: "anonymous",
  handler: async (request, context) => {
    const body = await request.json();
    context.log("Hook:", body);
    if (request.headers.get("authorization") !== TUTORIAL_HOOK_SECRET) {
      return { status: 401, jsonBody: { error: { errorSummary: "Unauthorized" } } };
    }
    const { msgTemplate, phoneNumber } = body.data.messageProfile;
    try {
      const sent = await axios.post(
        `${EIGHT_BY_EIGHT_SMS_URL}/api/v1/subaccounts/bench_sms/messages`,
        { source: "Bench", destination: phoneNumber, text: msgTemplate, encoding: "AUTO" },
        {
          headers: {
            Authorization: `Bearer ${TUTORIAL_API_KEY}`,
            "Content-Type": "application/json",
          },
        },
      );
      context.log("8x8:", sent.data);
      const value = {
        status: "SUCCESSFUL",
        provider: "8x8",
        transactionId: sent.data.umid,
        transactionMetadata: JSON.stringify(sent.data),
      };
      return {
        status: 200,
        jsonBody: { commands: [{ type: "com.okta.telephony.action", value: [value] }] },
      };
    } catch (error) {
      context.log("8x8 failed:", error.response?.data ?? error.message);
      return { status: 500, jsonBody: { error: { errorSummary: `8x8: ${error.message}` } } };
    }
  },
});
