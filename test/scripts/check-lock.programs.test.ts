import { readFileSync } from "node:fs";
import { type Answer, runScript } from "./run-script.ts";

const script = readFileSync("scripts/check-lock.sh", "utf8");
const pinned = [...script.matchAll(/^check ([\d.]+) (sha512-\S+)$/gm)];
const checksums = pinned.map(([, version, sum]) => ({
  call: `npm view *npm@${version} *`,
  says: `${sum}\\n`,
}));

function checkLock(...answers: readonly Answer[]) {
  const { status, output, calls, leftovers } = runScript("check-lock.sh", [], {
    answers: [...answers, ...checksums],
  });
  expect(leftovers).toEqual([]);
  return { status, output, ran: calls.filter(([program]) => program === "npx") };
}

it("check-lock.sh tries each npm version without installing, and stops at the first that refuses the lock file", () => {
  const { status, ran } = checkLock();
  expect([status, ran]).toEqual([
    0,
    pinned.map(([, version]) =>
      `npx --yes --loglevel=error npm@${version} ci --dry-run --ignore-scripts`.split(" "),
    ),
  ]);
  const refused = checkLock({ call: "npx *npm@10.9.4 *", fails: Infinity, error: "Missing: a" });
  expect([refused.status, refused.output]).toEqual([
    1,
    expect.stringContaining("Missing: anpm 10.9.4 refuses package-lock.json.\n"),
  ]);
});

it("check-lock.sh runs no npm whose checksum in the registry has changed", () => {
  expect(checkLock({ call: "npm view *npm@10.8.2 *", says: "sha512-another\\n" })).toMatchObject({
    status: 1,
    ran: [],
  });
});
