#!/usr/bin/env bash
# Deploys a package to the app. Azure does not build it again.
# Usage: RESOURCE_GROUP=… [PACKAGE_SHA256=…] npx --no okta-8x8-telephony deploy-code [package]
# PACKAGE_SHA256 is the checksum of the package that the pipeline built. The script refuses any
# other package.
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 1 "$@"
package=${1:-${product}okta-8x8-telephony.zip}
require RESOURCE_GROUP
[[ -f $package ]] || wrong_usage "$package does not exist. Run npm run package to create okta-8x8-telephony.zip."
if [[ -n ${PACKAGE_SHA256+set} ]]; then
  sha256=$(openssl dgst -sha256 -r "$package")
  [[ ${sha256%% *} == "$PACKAGE_SHA256" ]] || { echo "$package is not the package that this pipeline run built, because its checksum differs. Run the pipeline again." >&2 && exit 1; }
fi

app=$(retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
  --query properties.outputs.functionAppName.value --output tsv)

retry az functionapp deployment source config-zip \
  --resource-group "$RESOURCE_GROUP" \
  --name "$app" \
  --src "$package" \
  --build-remote false \
  --output none
