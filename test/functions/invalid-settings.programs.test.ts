import { hookBody } from "../../tools/sandbox/okta.ts";
import { startProcess } from "../app.ts";

test("with invalid settings, the hook answers 503, and both the log and health name the settings", async () => {
  const app = await startProcess({
    EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "",
    HOOK_BUDGET_MS: "soon",
    OKTA_AUTH_HEADER: "no header",
    PHONE_POLICY_ALOWED_COUNTRIES: "DE",
  });
  try {
    const { status, judged } = await app.post(hookBody());
    expect([status, judged.answer]).toEqual([503, "error"]);
    expect(app.eightByEight.requests).toEqual([]);
    // The first word of a line tells the Functions host whether to log a warning or an error.
    expect(app.output()).toMatch(
      /^Error: Setting EIGHT_BY_EIGHT_SMS_SUBACCOUNT is missing\. The app answers 503 to every request/m,
    );
    expect(app.output()).toMatch(
      /^Error: Setting HOOK_BUDGET_MS is not a whole number from 500 to 600000\. The app answers 503 to every request until you correct it\.$/m,
    );
    expect(app.output()).toMatch(/^Warning: There is no setting PHONE_POLICY_ALOWED_COUNTRIES/m);
    const health: unknown = await (await fetch(`${app.url}/api/health`)).json();
    expect(health).toMatchObject({
      unknown: ["PHONE_POLICY_ALOWED_COUNTRIES"],
      missing: ["EIGHT_BY_EIGHT_SMS_SUBACCOUNT"],
      invalid: ["OKTA_AUTH_HEADER", "HOOK_BUDGET_MS"],
    });
    expect(app.output() + JSON.stringify(health)).not.toMatch(/soon|no header/);
  } finally {
    await app.stop();
  }
});
