#!/usr/bin/env bash
# Creates a GitHub release of the version in package.json, and tags this commit of main with it. The
# release contains the npm package, its bill of materials and its attestations. If the tag exists or
# CHANGELOG.md has no dated section for the version, the script does nothing.
# Usage: GITHUB_REPOSITORY=… GITHUB_SHA=… scripts/release.sh <folder>
#   folder   contains the package and its bill of materials
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 1 "$@"
folder=${1-}
require folder GITHUB_REPOSITORY GITHUB_SHA

version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
tags=$(gh api "repos/$GITHUB_REPOSITORY/git/matching-refs/tags/v$version" --jq '.[].ref')
if grep -qxF "refs/tags/v$version" <<<"$tags"; then
  echo "v$version is already released."
  exit
fi
notes=$(awk -v version="$version" '
  /^## / { found = $2 == version && $4 ~ /^[0-9]+-[0-9]+-[0-9]+$/; next }
  found
' CHANGELOG.md)
if [[ -z $notes ]]; then
  echo "Nothing is released, because CHANGELOG.md has no section \"## $version - <date>\". To release this version, add the section."
  exit
fi

cd "$folder"
# The downloaded file is named after the package's checksum:
# https://cli.github.com/manual/gh_attestation_download
gh attestation download "okta-8x8-telephony-$version.tgz" --repo "$GITHUB_REPOSITORY"
mv sha256*.jsonl okta-8x8-telephony.attestations.jsonl
gh release create "v$version" --repo "$GITHUB_REPOSITORY" --target "$GITHUB_SHA" --title "v$version" --notes "$notes" \
  "okta-8x8-telephony-$version.tgz" okta-8x8-telephony.sbom.json okta-8x8-telephony.attestations.jsonl
