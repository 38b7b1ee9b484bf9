#!/usr/bin/env bash
# Tags this commit of main as the version that package.json has, and makes its release, with the
# package, its bill of materials and what proves where both are from. A version that has its tag, or
# no dated section in CHANGELOG.md yet, is left alone.
# Usage: GITHUB_REPOSITORY=… GITHUB_SHA=… scripts/release.sh <folder>
#   folder   holds the package and its bill of materials
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 1 "$@"
folder=${1-}
require folder GITHUB_REPOSITORY GITHUB_SHA

version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
tags=$(gh api "repos/$GITHUB_REPOSITORY/git/matching-refs/tags/v$version" --jq '.[].ref')
if grep -qxF "refs/tags/v$version" <<<"$tags"; then
  echo "v$version has been released."
  exit
fi
notes=$(awk -v version="$version" '
  /^## / { found = $2 == version && $4 ~ /^[0-9]+-[0-9]+-[0-9]+$/; next }
  found
' CHANGELOG.md)
if [[ -z $notes ]]; then
  echo "CHANGELOG.md has no section \"## $version - <date>\": nothing is released."
  exit
fi

cd "$folder"
# It names its file by the checksum. https://cli.github.com/manual/gh_attestation_download
gh attestation download okta-8x8-telephony.zip --repo "$GITHUB_REPOSITORY"
mv sha256*.jsonl okta-8x8-telephony.attestations.jsonl
# It makes the tag, too.
gh release create "v$version" --repo "$GITHUB_REPOSITORY" --target "$GITHUB_SHA" --title "v$version" --notes "$notes" \
  okta-8x8-telephony.zip okta-8x8-telephony.sbom.json okta-8x8-telephony.attestations.jsonl
