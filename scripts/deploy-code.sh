#!/usr/bin/env bash
# Puts a package that was built and tested before onto the app; nothing is built in Azure.
# Usage: RESOURCE_GROUP=… [PACKAGE_SHA256=…] scripts/deploy-code.sh [package]
# PACKAGE_SHA256 is set by the pipelines: a package with another checksum is not from their build
# and is refused.
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 1 "$@"
package=${1:-okta-8x8-telephony.zip}
require RESOURCE_GROUP
[[ -f $package ]] || wrong_usage "There is no $package: npm run package makes okta-8x8-telephony.zip."
if [[ -n ${PACKAGE_SHA256+set} ]]; then
  sha256=$(openssl dgst -sha256 -r "$package")
  [[ ${sha256%% *} == "$PACKAGE_SHA256" ]] || { echo "$package is not the package that this run built." >&2 && exit 1; }
fi

app=$(retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
  --query properties.outputs.functionAppName.value --output tsv)

retry az functionapp deployment source config-zip \
  --resource-group "$RESOURCE_GROUP" \
  --name "$app" \
  --src "$package" \
  --build-remote false \
  --output none
