import { type Area, inFile } from "./mutation.ts";

export const pipelines: Area = {
  name: "pipelines",
  tests: ["pipeline", "deployments", "azure-pipelines", "workflows", "okta-workflow"].map((it) => `test/infra/${it}`),
  mutations: [
    ...inFile(
      ".github/workflows/deploy.yml",
      [
        "persist-credentials: false",
        "persist-credentials: true",
        "Whatever runs after the checkout can push to the repository.",
      ],
      ["contents: read", "contents: write", "What is installed where the deployer signs in can change the repository."],
      ["npm ci --ignore-scripts", "npm ci", "Any package's install script can take the deployer's token."],
      ["    environment: ${{ inputs.environment }}\n", "", "Nobody approves a deployment to production."],
      ["cancel-in-progress: false", "cancel-in-progress: true", "A deployment is cut off half way by the next one."],
      [
        "group: deploy-${{ inputs.environment }}",
        "group: deploy-${{ github.run_id }}",
        "Two deployments change one environment at once.",
      ],
      [
        '        run: scripts/verify-package.sh "$RUNNER_TEMP/package/okta-8x8-telephony.zip"\n',
        "        run: echo verified\n",
        "A package that somebody put in its place is deployed.",
      ],
      ["      PACKAGE_SHA256: ${{ inputs.sha256 }}\n", "", "Another package than the one that was tested is deployed."],
      [
        "          path: ${{ runner.temp }}/package\n",
        "",
        "An artifact lies over the checkout, and its scripts run with the deployer's token.",
      ],
      ["      - run: scripts/smoke.sh\n", "", "A hook that does not answer goes on to production."],
      ['      - run: scripts/deploy-infra.sh "$ENVIRONMENT"\n', "", "Code runs on what an older commit described."],
      [
        "      - run: scripts/install-bicep.sh\n",
        "",
        "The runner's own compiler builds something else than what was reviewed.",
      ],
      [
        '      - run: scripts/check-environment.sh "$ENVIRONMENT"\n',
        "",
        "Values that no rule has looked at are deployed.",
      ],
    ),
    ...inFile(
      ".github/workflows/okta.yml",
      ["    environment: okta-", "    name: okta-", "Nobody approves a new hook secret."],
      ["contents: read", "contents: write", "What is installed where Okta is signed in to can change the repository."],
      ["npm ci --omit=dev --ignore-scripts", "npm ci --omit=dev", "Any package's install script can sign in to Okta."],
      ["audit --env", "apply --yes --env", "What should only look changes the org, each hour."],
      ["cancel-in-progress: false", "cancel-in-progress: true", "A rotation is cut off half way by the next one."],
      ['- cron: "17 * * * *"', '- cron: "18 * * * *"', "The hook secret is rotated each hour, and nobody audits."],
    ),
    ...inFile(
      ".github/workflows/pipeline.yml",
      [
        "  pull_request:\n",
        "  pull_request_target:\n",
        "A stranger's pull request runs with this repository's rights.",
      ],
      ["    branches: [main]", "    branches: ['**']", "Any branch is deployed."],
      [
        "        run: scripts/build.sh\n",
        "        run: npm ci && npm run package\n",
        "What was never tested is deployed.",
      ],
      [
        " && github.event.pull_request.head.repo.full_name == github.repository\n",
        "\n",
        "A fork's pull request runs where this repository signs in.",
      ],
      [
        "    environment: preview-${{ matrix.environment }}\n",
        "    environment: ${{ matrix.environment }}\n",
        "A pull request becomes the deployer.",
      ],
      ["scripts/preview-infra.sh", "scripts/deploy-infra.sh", "A pull request deploys."],
      [
        "needs: [build, attest, test]\n",
        "needs: [build, attest]\n",
        "Production does not wait for development's smoke test.",
      ],
      [
        "github.ref == 'refs/heads/main'\n      && fromJSON(needs.build.outputs.environments).production[0]",
        "fromJSON(needs.build.outputs.environments).production[0]",
        "A pull request is deployed to production.",
      ],
      [
        "!failure() && !cancelled() && !contains(needs.*.result, 'cancelled') && github.ref == 'refs/heads/main'\n      && fromJSON(needs.build.outputs.environments).standby[0]",
        "!cancelled() && !contains(needs.*.result, 'cancelled') && github.ref == 'refs/heads/main'\n      && fromJSON(needs.build.outputs.environments).standby[0]",
        "What broke production goes on to its stand-by.",
      ],
      [
        " && !contains(needs.*.result, 'cancelled') && github.ref == 'refs/heads/main'\n      && fromJSON(needs.build.outputs.environments).production[0]",
        " && github.ref == 'refs/heads/main'\n      && fromJSON(needs.build.outputs.environments).production[0]",
        "Production gets a package that development never had, because a newer run took its turn there.",
      ],
      [
        "    timeout-minutes: 30\n    permissions:\n      contents: read\n",
        "    timeout-minutes: 30\n    permissions:\n      contents: read\n      id-token: write\n",
        "Every dependency's test code could sign in to Azure.",
      ],
      [
        "    timeout-minutes: 15\n    permissions:\n      contents: read\n    env:\n",
        "    timeout-minutes: 15\n    permissions:\n      contents: write\n    env:\n",
        "A third party's action can change the repository.",
      ],
      [
        "persist-credentials: false\n      - run: scripts/install-bicep.sh && echo",
        "persist-credentials: true\n      - run: scripts/install-bicep.sh && echo",
        "A third party's action finds a token that can push.",
      ],
      ["npm ci --ignore-scripts", "npm ci", "Any package's install script can sign in as the previewer."],
      [
        "      attestations: write\n      contents: read\n",
        "      attestations: write\n      contents: write\n",
        "The job that signs can change what it signs.",
      ],
    ),
    ...inFile("infra/environments/examples/azure-pipelines.yml", [
      "trigger: [main]",
      "trigger: ['*']",
      "Any branch starts what deploys.",
    ]),
    ...inFile(
      "azure-pipelines.yml",
      [
        "                    - script: npm ci --ignore-scripts\n",
        "                    - script: npm ci\n",
        "Any package's install script can take the deployer's token.",
      ],
      [
        ", ne(variables['System.PullRequest.IsFork'], 'True')",
        "",
        "A fork's pull request runs where this repository signs in.",
      ],
      [", eq(variables['Build.SourceBranch'], 'refs/heads/main')", "", "Any branch is deployed."],
      [
        "azureSubscription: preview-${{ environment.name }}",
        "azureSubscription: deploy-${{ environment.name }}",
        "A pull request becomes the deployer.",
      ],
      ["                          scripts/smoke.sh\n", "", "A hook that does not answer goes on to production."],
      [
        "            environment: ${{ environment.name }}\n",
        "            environment: dev\n",
        "Nobody approves a deployment to production.",
      ],
      [
        "persistCredentials: false\n              - task: UseNode@1",
        "persistCredentials: true\n              - task: UseNode@1",
        "A pull request's scripts can push to the repository.",
      ],
      [
        "                      persistCredentials: false\n                    - download",
        "                      persistCredentials: true\n                    - download",
        "Whatever runs after the checkout can push to the repository.",
      ],
      [
        "dependsOn: ${{ environment.after }}",
        "dependsOn: build",
        "Production does not wait for development's smoke test.",
      ],
      [
        "lockBehavior: sequential",
        "lockBehavior: runLatest",
        "A deployment that waits for its turn is dropped unseen.",
      ],
    ),
  ],
};
