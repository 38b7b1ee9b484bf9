#!/usr/bin/env bash
# Everything before a deployment, once: the package that is tested here is the one that every
# environment gets.
# Usage: scripts/build.sh
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 0 "$@"

npm ci
npm audit --audit-level=high
scripts/install-bicep.sh
# Its rules look at types of other files, which its cache does not:
# https://github.com/typescript-eslint/typescript-eslint/issues/4694
rm -rf .cache/eslint
BICEP="$HOME/.azure/bin/bicep" BICEP_REQUIRED=1 npm test
# The Node of the lock file builds what is signed. npm passes over an optional package that it could
# not install.
LOCKED_NODE_REQUIRED=1 npm run package
scripts/sbom.sh
