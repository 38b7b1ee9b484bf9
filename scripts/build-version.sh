#!/usr/bin/env bash
# The way back: builds the package of a version that this branch has held, such as v1.2.0, and leaves it here. It was tested
# when it was released, and an advisory that came since must not stop it, so neither tests nor npm audit run.
# Usage: scripts/build-version.sh <version>
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 1 "$@"
version=${1-}
require version
# What was never on this branch, nobody has reviewed.
git merge-base --is-ancestor "$version" HEAD 2>/dev/null || wrong_usage "That is no tag or commit of this branch."

folder=$(mktemp -d)
trap 'git worktree remove --force "$folder"' EXIT
git worktree add --quiet --detach "$folder" "$version"
(cd "$folder" && npm ci && npm run package && scripts/sbom.sh)
cp "$folder"/okta-8x8-telephony.* .
