#!/usr/bin/env bash
# Deploys the infrastructure of an environment, and prints the outputs.
# Usage: RESOURCE_GROUP=… npx --no okta-8x8-telephony deploy-infra <environment>
# FRONT_RESOURCE_GROUP (default: rg-okta8x8-front) is the resource group of the Front Door, if you
# have one (docs/outage.md). UPDATE_SECONDS (default: 240) is how long the script waits for a
# rolling update to end.
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
source "$(dirname "$0")/deployment-hash.bash"
source "$(dirname "$0")/values-file.bash"
source "$(dirname "$0")/compiler.bash"
at_most 1 "$@"
environment=${1-}
require environment RESOURCE_GROUP
find_folder "$environment"
parameters=$folder/main.bicepparam
[[ -f $parameters ]] || wrong_usage "$parameters does not exist. Name an environment that has this file."
only_values "$parameters"

# A deployment to another environment's resource group would create a second app there. The second
# app's outputs would replace the first app's outputs.
there=$(retry az deployment group list --resource-group "$RESOURCE_GROUP" \
  --query "[?name=='okta-8x8-telephony'].properties.parameters.environmentName.value" --output tsv)
[[ -z $there || $there == "${environment##*/}" ]] ||
  wrong_usage "RESOURCE_GROUP belongs to the environment $there. Set it to the resource group of $environment."

# If frontDoorId named another Front Door, the app would refuse Okta's calls, and the smoke test
# would not notice. A pipeline cannot read the Front Door's resource group, so it skips this
# comparison.
front=$(sed -n "s/^param frontDoorId = '\(.*\)'$/\1/p" "$parameters")
if [[ -n $front ]]; then
  output=$(az deployment group show --resource-group "${FRONT_RESOURCE_GROUP:-rg-okta8x8-front}" --name front \
    --query properties.outputs.frontDoorId.value --output tsv 2>/dev/null || true)
  [[ -z $output || $output == "$front" ]] ||
    wrong_usage "frontDoorId in $parameters is not the id of your Front Door, so Okta could not call the app. Set it to ${output//[^a-f0-9-]/}."
fi

# Each write of a diagnostic setting raises an alert, so unchanged settings are not written.
find_compiler
region=$(retry az group show --name "$RESOURCE_GROUP" --query location --output tsv)
logs=$(run_command preflight "$folder" "$RESOURCE_GROUP" "$region")
unchanged=()
[[ $logs != unchanged ]] || unchanged=(--parameters diagnosticSettings=unchanged)

INPUTS_SHA256=$(inputs_of "$parameters")
export INPUTS_SHA256
retry az deployment group create \
  --resource-group "$RESOURCE_GROUP" \
  --name okta-8x8-telephony \
  --parameters "$parameters" \
  ${unchanged[@]+"${unchanged[@]}"} \
  --output none

retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
  --query properties.outputs --output yamlc | printable

# Changed settings start a rolling update, and Azure does not report when this update ends. A
# deployment of code before this update ends would start a second update, which drains the instances
# again.
# https://learn.microsoft.com/azure/azure-functions/flex-consumption-site-updates
strategy=$(retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
  --query properties.parameters.updateStrategy.value --output tsv)
if [[ $strategy == RollingUpdate ]]; then
  echo "Waiting ${UPDATE_SECONDS:-240} s, because Azure may now be replacing the app's instances in batches." >&2
  sleep "${UPDATE_SECONDS:-240}"
fi
