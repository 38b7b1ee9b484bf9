#!/usr/bin/env bash
# Builds or changes everything that infra/ describes.
# Usage: RESOURCE_GROUP=… scripts/deploy-infra.sh <environment>
# UPDATE_SECONDS (240) sets how long it waits for the end of a rolling update.
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
source "$(dirname "$0")/inputs.bash"
at_most 1 "$@"
environment=${1-}
require environment RESOURCE_GROUP
parameters=infra/environments/$environment/main.bicepparam
[[ -f $parameters ]] || wrong_usage "There is no $parameters."

# A group that another environment has been deployed to would get a second app, and lose the outputs
# of the first.
there=$(retry az deployment group list --resource-group "$RESOURCE_GROUP" \
  --query "[?name=='okta-8x8-telephony'].properties.parameters.environmentName.value" --output tsv)
[[ -z $there || $there == "${environment##*/}" ]] ||
  wrong_usage "RESOURCE_GROUP is the group of $there, and not of $environment."

INPUTS_SHA256=$(inputs_of "$parameters")
export INPUTS_SHA256
retry az deployment group create \
  --resource-group "$RESOURCE_GROUP" \
  --name okta-8x8-telephony \
  --parameters "$parameters" \
  --output none

retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
  --query properties.outputs --output yamlc | printable

# Changed settings begin a rolling update. Azure does not report when it ends, and code that came
# meanwhile would begin a second one, which drains instances too.
# https://learn.microsoft.com/azure/azure-functions/flex-consumption-site-updates
strategy=$(retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
  --query properties.parameters.updateStrategy.value --output tsv)
if [[ $strategy == RollingUpdate ]]; then
  echo "Waiting ${UPDATE_SECONDS:-240} s: the app's instances may be replaced one after the other now." >&2
  sleep "${UPDATE_SECONDS:-240}"
fi
