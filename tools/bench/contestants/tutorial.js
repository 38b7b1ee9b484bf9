import axios from "axios";
import bodyParser from "body-parser";
import express from "express";

// What 8x8's published guide to Okta SMS does, written anew: compare, log, forward the text, say
// SUCCESSFUL. Its faults are its own: https://developer.8x8.com/connect/docs/okta
const { HOOK_SECRET, API_KEY, EIGHT_BY_EIGHT_URL } = process.env;

const app = express();
app.use(bodyParser.json());

app.post("/telephony-hook", async (request, response) => {
  console.log("Hook:", request.body);
  if (request.headers["authorization"] !== HOOK_SECRET) {
    response.status(401).json({ error: { errorSummary: "Unauthorized" } });
    return;
  }
  const { msgTemplate, phoneNumber } = request.body.data.messageProfile;
  try {
    const sent = await axios.post(
      `${EIGHT_BY_EIGHT_URL}/api/v1/subaccounts/bench_sms/messages`,
      { source: "Bench", destination: phoneNumber, text: msgTemplate, encoding: "AUTO" },
      { headers: { Authorization: `Bearer ${API_KEY}`, "Content-Type": "application/json" } },
    );
    console.log("8x8:", sent.data);
    const value = {
      status: "SUCCESSFUL",
      provider: "8x8",
      transactionId: sent.data.umid,
      transactionMetadata: JSON.stringify(sent.data),
    };
    response
      .status(200)
      .json({ commands: [{ type: "com.okta.telephony.action", value: [value] }] });
  } catch (error) {
    console.log("8x8 failed:", error.response?.data ?? error.message);
    response.status(500).json({ error: { errorSummary: `8x8: ${error.message}` } });
  }
});

const server = app.listen(0, "127.0.0.1", () => {
  process.send(`http://127.0.0.1:${server.address().port}/telephony-hook`);
});
process.on("disconnect", () => process.exit());
