#!/usr/bin/env bash
# Builds the package of an earlier version of this branch, such as v1.2.0, for a rollback.
# The script runs no tests and no npm audit. The pipeline already ran both for that version, and a
# later advisory must not block a rollback.
# Usage: scripts/build-version.sh <version>
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 1 "$@"
version=${1-}
require version
# Accepts only reviewed code: a release in this branch's history, or a commit that was once the head
# of this branch. Only release managers can create a release's tag v*. Other commits of a merged
# branch may contain code that a later commit removed.
is_of_this_branch() {
  # Looks for the exact tag, because git also resolves v1.0.0~1 to a commit.
  if [[ $version == v* ]] && git show-ref --quiet --verify "refs/tags/$version"; then
    commit=$(git rev-parse --quiet --verify "refs/tags/$version^{commit}") && git merge-base --is-ancestor "$commit" HEAD
  else
    commit=$(git rev-parse --quiet --verify "$version^{commit}") && grep -qx "$commit" < <(git rev-list --first-parent HEAD)
  fi
}
is_of_this_branch || wrong_usage "The version is not a tag v* in this branch's history, or a commit that git log --first-parent shows."

folder=$(mktemp -d)
trap 'git worktree remove --force "$folder"' EXIT
git worktree add --quiet --detach "$folder" "$commit"
(cd "$folder" && npm ci && LOCKED_NODE_REQUIRED=1 npm run package && { [[ ! -e scripts/sbom.sh ]] || scripts/sbom.sh; })
cp "$folder"/okta-8x8-telephony.* .
