#!/usr/bin/env bash
# The way back: builds the package of a version that this branch has held, such as v1.2.0, and
# leaves it here. It was tested when it was released, and an advisory that came since must not stop
# it, so neither tests nor npm audit run.
# Usage: scripts/build-version.sh <version>
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 1 "$@"
version=${1-}
require version
# What was never on this branch, nobody has reviewed: a tag that it holds, or a commit that it once
# ended with. What stood within a branch that was merged may be what its later commits took back.
is_of_this_branch() {
  commit=$(git rev-parse --quiet --verify "$version^{commit}") && git merge-base --is-ancestor "$commit" HEAD || return
  git show-ref --quiet --verify "refs/tags/$version" || grep -qx "$commit" < <(git rev-list --first-parent HEAD)
}
is_of_this_branch || wrong_usage "That is no tag or commit of this branch."

folder=$(mktemp -d)
trap 'git worktree remove --force "$folder"' EXIT
git worktree add --quiet --detach "$folder" "$commit"
(cd "$folder" && npm ci && LOCKED_NODE_REQUIRED=1 npm run package && scripts/sbom.sh)
cp "$folder"/okta-8x8-telephony.* .
