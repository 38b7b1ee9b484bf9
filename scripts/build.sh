#!/usr/bin/env bash
# Everything before a deployment, once: the package that is tested here is the one that every environment gets.
# Usage: scripts/build.sh
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 0 "$@"

npm ci
npm audit --audit-level=high
scripts/install-bicep.sh
BICEP="$HOME/.azure/bin/bicep" BICEP_REQUIRED=1 npm test
npm run package
scripts/sbom.sh
