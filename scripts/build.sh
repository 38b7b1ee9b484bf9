#!/usr/bin/env bash
# Installs, audits and tests the project, and builds the package that every environment gets.
# Usage: [SIGNED=true] scripts/build.sh
# SIGNED=true marks the package as one that the pipeline signs.
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 0 "$@"

npm ci
npm audit --audit-level=high
scripts/install-bicep.sh
export BICEP="$HOME/.azure/bin/bicep" BICEP_REQUIRED=1
npm test
npm run test:programs
# The package must be built with the Node version in package-lock.json.
options=()
[[ ${SIGNED-} != true ]] || options=(--signed)
LOCKED_NODE_REQUIRED=1 npm run package -- ${options[@]+"${options[@]}"}
