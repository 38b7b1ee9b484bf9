#!/usr/bin/env bash
# Deploys the infrastructure of an environment, and prints the outputs.
# Usage: RESOURCE_GROUP=… scripts/deploy-infra.sh <environment>
# FRONT_RESOURCE_GROUP (rg-okta8x8-front) is the group of the deployment front (docs/outage.md).
# UPDATE_SECONDS (240) is how many seconds it waits for the end of a rolling update.
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
source "$(dirname "$0")/deployment-hash.bash"
source "$(dirname "$0")/values-file.bash"
at_most 1 "$@"
environment=${1-}
require environment RESOURCE_GROUP
parameters=infra/environments/$environment/main.bicepparam
[[ -f $parameters ]] || wrong_usage "$parameters does not exist. Name an environment that has this file."
only_values "$parameters"

# A deployment to another environment's group would create a second app there and replace the
# outputs of the first.
there=$(retry az deployment group list --resource-group "$RESOURCE_GROUP" \
  --query "[?name=='okta-8x8-telephony'].properties.parameters.environmentName.value" --output tsv)
[[ -z $there || $there == "${environment##*/}" ]] ||
  wrong_usage "RESOURCE_GROUP belongs to the environment $there. Set it to the resource group of $environment."

# With another Front Door's id, the app would refuse Okta's calls, and the smoke test would not see
# it. Only a person can read the front's group, so a pipeline skips this comparison.
front=$(sed -n "s/^param frontDoorId = '\(.*\)'$/\1/p" "$parameters")
if [[ -n $front ]]; then
  output=$(az deployment group show --resource-group "${FRONT_RESOURCE_GROUP:-rg-okta8x8-front}" --name front \
    --query properties.outputs.frontDoorId.value --output tsv 2>/dev/null || true)
  [[ -z $output || $output == "$front" ]] ||
    wrong_usage "frontDoorId in $parameters is not the output frontDoorId of the front, ${output//[^a-f0-9-]/}. Okta could not call the app."
fi

INPUTS_SHA256=$(inputs_of "$parameters")
export INPUTS_SHA256
retry az deployment group create \
  --resource-group "$RESOURCE_GROUP" \
  --name okta-8x8-telephony \
  --parameters "$parameters" \
  --output none

retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
  --query properties.outputs --output yamlc | printable

# Changed settings start a rolling update, and Azure does not report its end. If code were deployed
# before the end, a second update would drain the instances again.
# https://learn.microsoft.com/azure/azure-functions/flex-consumption-site-updates
strategy=$(retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
  --query properties.parameters.updateStrategy.value --output tsv)
if [[ $strategy == RollingUpdate ]]; then
  echo "Waiting ${UPDATE_SECONDS:-240} s, because Azure may now be replacing the app's instances one by one." >&2
  sleep "${UPDATE_SECONDS:-240}"
fi
