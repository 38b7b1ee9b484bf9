#!/usr/bin/env bash
# Everything before a deployment, once: the package that is tested here is the one that every environment gets.
set -euo pipefail

npm ci
npm audit --audit-level=high
scripts/install-bicep.sh
BICEP="$HOME/.azure/bin/bicep" BICEP_REQUIRED=1 npm test
npm run package
# TypeScript 7 stands beside 6, which npm's check of peers takes for a mistake.
npm sbom --legacy-peer-deps --sbom-format=cyclonedx >okta-8x8-telephony.sbom.json
