import { app } from "@azure/functions";

// The least that a function app can be.
app.http("hello", {
  methods: ["POST"],
  authLevel: "anonymous",
  handler: () => ({ jsonBody: { commands: [{ value: [{ status: "SUCCESSFUL" }] }] } }),
});
