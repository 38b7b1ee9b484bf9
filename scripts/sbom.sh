#!/usr/bin/env bash
# Writes okta-8x8-telephony.sbom.json, a CycloneDX list of every package that runs in Azure. The
# list leaves out packages for build and test.
# Usage: scripts/sbom.sh
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 0 "$@"

# With --omit=dev, npm sbom would also leave out packages that both the app and its development use.
# So npm reads a copy of package.json without devDependencies. The copy has no optionalDependencies
# either, because they contain only the Node for the build.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
project=$folder/okta-8x8-telephony
mkdir "$project"
cp package.json package-lock.json "$project"
npm --prefix "$project" pkg delete devDependencies optionalDependencies
npm --prefix "$project" install --package-lock-only --offline --silent
npm --prefix "$project" sbom --package-lock-only --sbom-format=cyclonedx >okta-8x8-telephony.sbom.json
