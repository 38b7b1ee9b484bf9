import { type Area, inFile } from "./mutation.ts";

export const scripts: Area = {
  name: "scripts",
  tests: ["deploy", "seed-secrets", "retry", "ci"]
    .map((name) => `test/scripts/${name}.test`)
    .concat("test/infra/pipeline"),
  mutations: [
    ...inFile(
      "scripts/seed-secrets.sh",
      ["set +x\n", "", "A shell that traces its commands prints the secret."],
      ["umask 077\n", "", "Another user of the machine reads the secret from its file."],
      [
        "hook-secret) name=${OKTA_HOOK_SECRET_NAME:-okta-hook-secret} live=2",
        "hook-secret) name=${OKTA_HOOK_SECRET_NAME:-okta-hook-secret} live=1",
        "The secret that Okta still sends stops working before Okta has the new one.",
      ],
      [
        "8x8-key) name=${EIGHT_BY_EIGHT_API_KEY_NAME:-eight-by-eight-api-key} live=1",
        "8x8-key) name=${EIGHT_BY_EIGHT_API_KEY_NAME:-eight-by-eight-api-key} live=9",
        "A key that leaked works on after it was replaced.",
      ],
      [
        "hook-secret} live=2 shortest=32",
        "hook-secret} live=2 shortest=4",
        "A secret that can be guessed is accepted.",
      ],
      [
        '--file "$file" --encoding utf-8',
        '--value "$(cat "$file")"',
        "Everybody on the machine sees the secret among the running programs.",
      ],
      [
        "retry_refused az keyvault",
        "retry az keyvault",
        "An unclear answer writes the secret twice and retires the one that Okta sends.",
      ],
      [
        '  --expires "$expires" --content-type',
        "  --content-type",
        "The secret never expires and nobody is reminded to replace it.",
      ],
      ["--enabled false", "--enabled true", "Old versions stay valid for ever."],
      ["trap 'rm -f \"$file\"' EXIT\n", "", "The secret stays on the disk where the script is interrupted."],
    ),
    ...inFile(
      "scripts/smoke.sh",
      ["--show-error --fail --output", "--show-error --output", "A red app counts as healthy: any answer will do."],
      [
        "SMOKE_CHECKS:-24",
        "SMOKE_CHECKS:-1",
        "The old instance answers for the new one: a broken package goes on to production.",
      ],
      ["for function in telephony-hook ", "for function in ", "A package without the hook passes."],
      ["&& exit 1;", "&& true;", "A package that loaded nothing passes."],
      ["--expect unauthenticated", "", "A hook that lets everybody in passes."],
    ),
    ...inFile(
      "scripts/deploy-code.sh",
      ['== "$PACKAGE_SHA256"', '!= ""', "Another package than the one that was tested is deployed."],
      [
        "--build-remote false",
        "--build-remote true",
        "What runs is built in Azure, from other packages than those that were tested.",
      ],
    ),
    ...inFile("scripts/preview-infra.sh", [
      "az deployment group what-if",
      "az deployment group create",
      "A pull request changes production.",
    ]),
    ...inFile(
      "scripts/build.sh",
      ["npm audit --audit-level=high\n", "", "A package with a known hole is shipped."],
      [" BICEP_REQUIRED=1", "", "Without a compiler the templates are not tested, and nobody notices."],
      ["npm ci\n", "npm install\n", "Other packages are built in than those that were reviewed."],
    ),
    ...inFile("scripts/install-bicep.sh", [
      " --version v0.49.2",
      "",
      "What is deployed depends on the day: the newest compiler builds something else.",
    ]),
    ...inFile(
      "scripts/retry.bash",
      [
        "TooManyRequests|",
        "TooManyRequests|Bad ?Gateway|",
        "What may have been done already is done again: a second secret retires the first.",
      ],
      ['call "$refused" "$@"', 'call "$refused|$unclear" "$@"', "What may be done once only is done twice."],
      ['return "$status"\n}', "return 0\n}", "A deployment that failed is green."],
    ),
  ],
};
