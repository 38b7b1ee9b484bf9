#!/usr/bin/env bash
# Builds or changes everything that infra/ describes.
# Usage: RESOURCE_GROUP=… scripts/deploy-infra.sh <environment>
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 1 "$@"
environment=${1-}
require environment RESOURCE_GROUP
parameters=infra/main.$environment.bicepparam
[[ -f $parameters ]] || wrong_usage "There is no $parameters."

retry az deployment group create \
  --resource-group "$RESOURCE_GROUP" \
  --name okta-8x8-telephony \
  --parameters "$parameters" \
  --output none

retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
  --query properties.outputs --output yamlc
