#!/usr/bin/env bash
# Writes okta-8x8-telephony.sbom.json (CycloneDX) with every package that runs in Azure, and without
# the packages for build and test.
# Usage: scripts/sbom.sh
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 0 "$@"

# npm sbom --omit=dev leaves out packages that are used both at run time and for development, so npm
# reads a copy without devDependencies. The copy also has no optional dependencies, because they are
# the Node for the build.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
project=$folder/okta-8x8-telephony
mkdir "$project"
cp package.json package-lock.json "$project"
npm --prefix "$project" pkg delete devDependencies optionalDependencies
npm --prefix "$project" install --package-lock-only --offline --silent
npm --prefix "$project" sbom --package-lock-only --sbom-format=cyclonedx >okta-8x8-telephony.sbom.json
