import { answers, apiKey, createSetupProject } from "./setup-project.ts";

const project = createSetupProject();

describe("runs that fail at one step after the other", () => {
  // The failing calls are in setup's order, so each run gets to the next failing call.
  const failures = [
    ["check-environment environments/dev", "Check"],
    ["gh variable set RESOURCE_GROUP *", "Environments on GitHub"],
    ["az keyvault secret set * okta-hook-secret *", "Secrets"],
    ["hook *", "Smoke test, about five minutes"],
  ] as const;
  // At the other questions, Enter keeps what the first run has written.
  const kept = { "8x8 API key": apiKey, "Continue?": "y", "Is this yours?": "y" };
  let shown = "";

  it.each(failures)(
    "setup prints advice and removes the person's role in the vault if this call fails: %s",
    async (fails, step) => {
      const { status, screen } = await project.setup(
        ["dev"],
        fails.startsWith("check") ? answers : kept,
        fails,
      );
      shown += screen;
      expect([status, project.roles()]).toEqual([1, []]);
      expect(screen).toMatch(
        /\nStopped at: .+\. .+\. Then run again: npx --no okta-8x8-telephony setup dev\nIt continues from here\. On this machine, run it in \/.+\/project\n$/,
      );
      expect(screen).toContain(`Stopped at: ${step}. `);
    },
  );

  it("setup shows the hook secret even if a later step fails, and asks for the 8x8 key only once", () => {
    expect(shown).toContain(project.secret("dev", "okta-hook-secret"));
    expect(shown.match(/^8x8 API key \(not shown\)/gm)).toHaveLength(1);
  });
});
