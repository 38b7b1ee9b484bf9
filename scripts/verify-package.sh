#!/usr/bin/env bash
# Checks that this repository's pipeline built the package and its bill of materials from this
# commit of main. If not, exits with an error.
# Usage: GITHUB_REPOSITORY=… GITHUB_SHA=… scripts/verify-package.sh <package>
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 1 "$@"
package=${1-}
require package GITHUB_REPOSITORY GITHUB_SHA

# https://cli.github.com/manual/gh_attestation_verify
for claim in https://slsa.dev/provenance/v1 https://cyclonedx.org/bom; do
  gh attestation verify "$package" \
    --predicate-type "$claim" \
    --repo "$GITHUB_REPOSITORY" \
    --signer-workflow "$GITHUB_REPOSITORY/.github/workflows/pipeline.yml" \
    --source-ref refs/heads/main \
    --source-digest "$GITHUB_SHA" \
    --deny-self-hosted-runners
done
