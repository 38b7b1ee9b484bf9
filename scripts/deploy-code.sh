#!/usr/bin/env bash
# Deploys a package to the app. Azure does not build it again.
# Usage: RESOURCE_GROUP=… npx --no okta-8x8-telephony deploy-code [package]
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 1 "$@"
package=${1:-${product}okta-8x8-telephony.zip}
require RESOURCE_GROUP
[[ -f $package ]] || wrong_usage "$package does not exist. Run npm run package to create okta-8x8-telephony.zip."

app=$(retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
  --query properties.outputs.functionAppName.value --output tsv)

retry az functionapp deployment source config-zip \
  --resource-group "$RESOURCE_GROUP" \
  --name "$app" \
  --src "$package" \
  --build-remote false \
  --output none
