#!/usr/bin/env bash
# Writes okta-8x8-telephony.sbom.json (CycloneDX): every package that runs in Azure, none that only builds or tests.
# Usage: scripts/sbom.sh
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 0 "$@"

# npm sbom --omit=dev would leave out what runs and is used for development too. So npm looks at a project without development.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
project=$folder/okta-8x8-telephony
mkdir "$project"
cp package.json package-lock.json "$project"
npm --prefix "$project" pkg delete devDependencies
npm --prefix "$project" install --package-lock-only --offline --silent
npm --prefix "$project" sbom --package-lock-only --sbom-format=cyclonedx >okta-8x8-telephony.sbom.json
