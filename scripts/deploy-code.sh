#!/usr/bin/env bash
# Puts a package that was built and tested before onto the app; nothing is built in Azure.
# Usage: RESOURCE_GROUP=… scripts/deploy-code.sh [package]
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 1 "$@"
package=${1:-okta-8x8-telephony.zip}
require RESOURCE_GROUP
[[ -f $package ]] || wrong_usage "There is no $package: npm run package makes okta-8x8-telephony.zip."

app=$(retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
  --query properties.outputs.functionAppName.value --output tsv)

retry az functionapp deployment source config-zip \
  --resource-group "$RESOURCE_GROUP" \
  --name "$app" \
  --src "$package" \
  --build-remote false \
  --output none
