"use strict";
// What who follows 8x8's guide (see tutorial.js) on Azure Functions would deploy: its handler, and
// Application Insights as Microsoft's quickstart starts it, before anything else is loaded and with
// all that it collects by itself:
// https://learn.microsoft.com/azure/azure-monitor/app/opentelemetry-enable?tabs=nodejs
const { useAzureMonitor } = require("applicationinsights");

// A real worker is called over gRPC. The local host's own HTTP server, in the same process, is none
// of the app's to record.
useAzureMonitor({
  instrumentationOptions: { http: { enabled: true, disableIncomingRequestInstrumentation: true } },
});

const { app } = require("@azure/functions");
const axios = require("axios");

const { HOOK_SECRET, API_KEY, EIGHT_BY_EIGHT_URL } = process.env;

app.http("tutorial", {
  methods: ["POST"],
  authLevel: "anonymous",
  handler: async (request, context) => {
    const body = await request.json();
    context.log("Hook:", body);
    if (request.headers.get("authorization") !== HOOK_SECRET) {
      return { status: 401, jsonBody: { error: { errorSummary: "Unauthorized" } } };
    }
    const { msgTemplate, phoneNumber } = body.data.messageProfile;
    try {
      const sent = await axios.post(
        `${EIGHT_BY_EIGHT_URL}/api/v1/subaccounts/bench_sms/messages`,
        { source: "Bench", destination: phoneNumber, text: msgTemplate, encoding: "AUTO" },
        { headers: { Authorization: `Bearer ${API_KEY}`, "Content-Type": "application/json" } },
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
