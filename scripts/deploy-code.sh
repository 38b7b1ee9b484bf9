#!/usr/bin/env bash
# Puts a package that was built and tested before onto the app; nothing is built in Azure.
# Usage: RESOURCE_GROUP=… scripts/deploy-code.sh [package]
set -euo pipefail
package=${1:-okta-8x8-telephony.zip}
group=${RESOURCE_GROUP:?}

app=$(az deployment group show --resource-group "$group" --name okta-8x8-telephony \
  --query properties.outputs.functionAppName.value --output tsv)

az functionapp deployment source config-zip \
  --resource-group "$group" \
  --name "$app" \
  --src "$package" \
  --build-remote false \
  --output none
