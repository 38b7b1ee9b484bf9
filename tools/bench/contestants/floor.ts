import { app } from "@azure/functions";
import { forward, said } from "./forwarding.ts";

// What the platform itself costs: reads the body and forwards it, with no thought between.
app.http("floor", {
  methods: ["POST"],
  authLevel: "anonymous",
  handler: async (request) => {
    await forward(await request.text());
    return { status: 200, headers: { "content-type": "application/json" }, body: said };
  },
});
