#!/usr/bin/env bash
# Shows what a deployment would change, under an identity that could not make the change.
# Usage: RESOURCE_GROUP=… scripts/preview-infra.sh <environment>
set -euo pipefail
environment=${1:?environment}

az deployment group what-if \
  --resource-group "${RESOURCE_GROUP:?}" \
  --name okta-8x8-telephony-preview \
  --parameters "infra/main.$environment.bicepparam" \
  --validation-level ProviderNoRbac
