// This suite lists every file that sends something over the network. If the file sends a secret or
// a token, the list also names the code that checks the host, and a test of that check. The
// benchmark and the stand-ins are not listed, because they have no real secrets.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

interface Sender {
  readonly secret?: string;
  readonly check?: readonly [file: string, check: string];
  readonly test?: string;
}

const validators = "src/settings/environment/validators.ts";
const isSafeSetting = [validators, "isSafe(url) ? url.origin"] as const;
const ofOrg = ["tools/okta/command.ts", "await trustOrg(wanted.org"] as const;
const trustedOrg = "test/tools/okta/trusted.programs.test.ts";
const acceptTest = "test/tools/accept/accept.programs.test.ts";
const vaultOfAzure = "https://${vault}.vault.azure.net";
const noSecret = {};

const senders: Readonly<Record<string, Sender>> = {
  // These files send only to hosts in the app's settings.
  "src/providers/client.ts": {
    secret: "8x8's key, and the second hook's secret",
    check: isSafeSetting,
    test: "test/settings/config-values.test.ts",
  },
  "src/azure/key-vault.ts": {
    secret: "a token of Azure's",
    check: isSafeSetting,
    test: "test/settings/config-values.test.ts",
  },
  "src/azure/code-table-client.ts": {
    secret: "a token of Azure's",
    check: isSafeSetting,
    test: "test/settings/config-values.test.ts",
  },
  "src/auth/token-keys.ts": noSecret,

  "tools/okta/api.ts": { secret: "Okta's token", check: ofOrg, test: trustedOrg },
  "tools/okta/sign-in.ts": { secret: "an assertion", check: ofOrg, test: trustedOrg },
  "tools/okta/expired-code.ts": {
    secret: "the hook secret",
    check: ["tools/okta/wanted-state.ts", "return read !== null && isSafe(read);"],
    test: "test/tools/okta/wanted-state.test.ts",
  },
  "tools/okta/prove-secrets.ts": {
    secret: "the event secret",
    check: ["tools/okta/commands.ts", "await work.trustHosts(destinationsOf(plan));"],
    test: "test/tools/okta/trusted.programs.test.ts",
  },
  // The file trusted-hosts.ts sends nothing, and only prints commands of gh and az.
  "tools/grants/trusted-hosts.ts": noSecret,
  "tools/okta/vaults.ts": {
    secret: "a token of Azure's, and secrets",
    check: ["tools/okta/vaults.ts", vaultOfAzure],
    test: "test/tools/okta/vaults.test.ts",
  },
  "tools/okta/vault-key.ts": {
    secret: "a token of Azure's",
    check: ["tools/okta/vault-key.ts", vaultOfAzure],
    test: "test/tools/okta/sign-in.test.ts",
  },
  "tools/accept/azure.ts": {
    secret: "a token of Azure's",
    check: ["tools/accept/place.ts", "isLoopback(new URL(stood))"],
    test: acceptTest,
  },
  "tools/accept/live.ts": noSecret,
  "tools/hook/hook.ts": noSecret,
  // `npm run hook` and the phone page call hook-call.ts.
  "tools/sandbox/okta/hook-call.ts": {
    secret: "the hook secret",
    check: ["tools/hook/usage.ts", "url === null || !isSafe(url)"],
    test: "test/tools/hook/hook.test.ts",
  },

  "scripts/receipts.sh": {
    secret: "8x8's key and the receipt secret",
    check: ["scripts/receipts.sh", 'is_safe_url "$url" || wrong_usage'],
    test: "test/scripts/receipts.programs.test.ts",
  },
  "scripts/setup/secrets.bash": {
    secret: "the hook secret",
    check: ["scripts/setup/okta.bash", 'come from: $more. Is this yours?" ||'],
    test: "test/scripts/setup-production.programs.test.ts",
  },
  "scripts/smoke.sh": noSecret,
  "scripts/test-okta-documents.sh": noSecret,
  // test-host.sh calls only this machine.
  "scripts/test-host.sh": noSecret,
  // The next three files run gh, which sends its token only to GitHub.
  "scripts/setup/github.bash": {
    secret: "GitHub's token",
    check: ["scripts/setup/github.bash", "body=$(gh api "],
    test: "test/scripts/setup.programs.test.ts",
  },
  "scripts/release.sh": {
    secret: "GitHub's token",
    check: ["scripts/release.sh", "gh release create"],
    test: "test/scripts/release.programs.test.ts",
  },
  "scripts/verify-package.sh": {
    secret: "GitHub's token",
    check: ["scripts/verify-package.sh", "gh attestation verify"],
    test: "test/scripts/deploy.programs.test.ts",
  },

  "tools/local/start/pass-on.ts": {
    // The hook secret goes only to the Functions host on the same machine.
    secret: "8x8's key and the hook secret",
    check: ["tools/local/start/real-8x8.ts", "at === null || !isSafe(at)"],
    test: "test/tools/local/send-for-real.programs.test.ts",
  },
  "tools/local/start/func-host.ts": noSecret,
  "tools/local/phone/page/ask.ts": noSecret,
};

/** The secrets of the stand-ins are generated for one run, or belong to the fake Okta org. */
const standIns = "tools/sandbox/**";
const withoutSecrets = ["tools/bench/**", standIns];

const call =
  /(?<![\w.])(?:fetch|forward)\(|(?<![\w.])get\(url,|(?:pipeline|client)\.sendRequest\(|new (?:Pool|Client|SecretClient|KeyClient|CryptographyClient|TableClient|BlobServiceClient)\(|https?\.(?:get|request)\(|\bcurl --|\bgh (?:api|attestation|release|secret|variable) /;

test("every file that sends something over the network is in this suite's list", () => {
  const files = globSync(["src/**/*.ts", "tools/**/*.ts", "scripts/**/*.{sh,bash,ts,js}"], {
    cwd: root,
    exclude: withoutSecrets,
  });
  const found = files.filter((file) => call.test(read(file).replace(/^\s*(?:#|\/\/|\*).*$/gm, "")));
  const listed = Object.keys(senders).filter((file) => !file.startsWith("tools/sandbox/"));
  expect(found.toSorted()).toEqual(listed.toSorted());
});

test.each(Object.entries(senders).filter(([, { secret }]) => secret !== undefined))(
  "the host check and the test that the list names for %s exist",
  (_, { check: [file, check] = ["", ""], test: proof = "" }) => {
    expect(read(file)).toContain(check);
    expect(existsSync(join(root, proof))).toBe(true);
  },
);

test("in the workflows, only the steps that verify or release a package get GitHub's token", () => {
  const steps = globSync(".github/workflows/*.yml", { cwd: root }).flatMap((file) =>
    [
      ...read(file).matchAll(
        / run: (?:\|\n +)?(\S+(?: attestation verify)?).*(?:\n.*)?\n +env:\n +GH_TOKEN/g,
      ),
    ].map(([, run = ""]) => run),
  );
  expect(steps.toSorted()).toEqual([
    "gh attestation verify",
    "scripts/release.sh",
    "scripts/verify-package.sh",
  ]);
  const given = globSync(".github/workflows/*.yml", { cwd: root }).flatMap(
    (file) => read(file).match(/github\.token|GITHUB_TOKEN/g) ?? [],
  );
  expect(given).toHaveLength(steps.length);
});
