import { parse } from "yaml";
import { at, list, readProjectFile, text } from "./snapshot.ts";

const workflow: unknown = parse(readProjectFile(".github/workflows/okta.yml"));
const job = at(workflow, "jobs.okta");
const steps = list(job, "steps");
/** As GitHub evaluates it where nobody chose. */
const commandOf = (schedule: string) => {
  const [, hourly, then, otherwise] =
    /^\$\{\{ inputs\.command \|\| \(github\.event\.schedule == '([^']+)' && '(\w+)' \|\| '(\w+)'\) \}\}$/.exec(
      text(job, "env.COMMAND"),
    ) ?? [];
  return schedule === hourly ? then : otherwise;
};
const runOf = (command: string) =>
  steps.filter((step) => text(step, "if") === `env.COMMAND == '${command}'`).map((step) => text(step, "run"));

describe("Okta's workflow", () => {
  const [hourly = "", quarterly = ""] = list(workflow, "on.schedule").map((schedule) => text(schedule, "cron"));

  it("audits each hour and rotates each quarter, and a person may ask for either", () => {
    expect([hourly, quarterly]).toEqual([
      expect.stringMatching(/^\d+ \* \* \* \*$/),
      expect.stringMatching(/^\d+ \d+ \d+ 1,4,7,10 \*$/),
    ]);
    expect([commandOf(hourly), commandOf(quarterly)]).toEqual(["audit", "rotate"]);
    expect(list(workflow, "on.workflow_dispatch.inputs.command.options")).toEqual(["audit", "rotate"]);
  });

  it("has an environment in GitHub for each command of each org, so that only a rotation waits for a reviewer", () => {
    expect(text(job, "environment")).toBe(`okta-${text(job, "env.COMMAND")}-\${{ matrix.environment }}`);
  });

  it("changes nothing in an audit, and asks nobody in a rotation, which the reviewer has approved", () => {
    expect(runOf("audit")).toEqual([expect.stringMatching(/okta -- audit --env "\$ENVIRONMENT" --sign-with/)]);
    expect(runOf("audit").join()).not.toMatch(/apply|rotate|--yes/);
    expect(runOf("rotate")).toEqual([expect.stringMatching(/okta -- rotate --env "\$ENVIRONMENT" --yes --sign-with/)]);
  });

  it("has no package's script run, may change nothing here, and lets a rotation end", () => {
    expect(steps.map((step) => text(step, "run"))).toContain("npm ci --ignore-scripts");
    expect(at(job, "permissions")).toEqual({ contents: "read", "id-token": "write" });
    expect(at(job, "concurrency.cancel-in-progress")).toBe(false);
  });

  it("rotates once at a time, whoever asks for it", () => {
    expect(text(job, "concurrency.group")).toBe(text(job, "environment"));
  });

  it("does nothing in a fresh copy of the repository", () => {
    expect(text(job, "if")).toBe("fromJSON(vars.OKTA_ENVIRONMENTS || '[]')[0]");
  });
});
