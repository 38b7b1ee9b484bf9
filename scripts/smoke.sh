#!/usr/bin/env bash
# Checks that the deployed app is healthy and answers the hook's requests. It sends no message.
# It calls the hook with a wrong secret, because a pipeline does not know the right one. A 401 shows
# that the app has loaded its secret, because an app without a secret answers 503. If Okta signs in
# only with tokens, the health check shows that the app has loaded the keys of these tokens.
# Usage: RESOURCE_GROUP=… scripts/smoke.sh
# SMOKE_CHECKS (24) is how often it repeats the health check, and SMOKE_PAUSE (10) is the pause in
# seconds.
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 0 "$@"
require RESOURCE_GROUP

deployment() {
  retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
    --query "properties.$1.value" --output tsv
}
app=$(deployment outputs.functionAppName)
hook=$(deployment outputs.hookUrl)
health=$(deployment outputs.healthUrl)
front=$(deployment parameters.frontDoorId)

# The first 200 may come from an old instance, because a rolling update takes some minutes. The
# checks go on for that long, so that the next deployment does not start a second update.
healthy() { curl --silent --show-error --fail --output /dev/null --max-time 10 "$@" "$health"; }
ask_from_here() {
  healthy --retry 30 --retry-delay 10 --retry-all-errors
  for ((check = 0; check < ${SMOKE_CHECKS:-24}; check++)); do
    sleep "${SMOKE_PAUSE:-10}"
    healthy
  done
}

# Behind a Front Door, the app accepts calls only from the Front Door and the availability test.
# That test runs every five minutes from five locations. This function waits until all its results
# are newer than the update.
ask_the_availability_test() {
  local insights percent=''
  insights=$(retry az resource list --resource-group "$RESOURCE_GROUP" --resource-type Microsoft.Insights/components \
    --query '[0].id' --output tsv)
  sleep 600
  for ((check = 0; check < 10; check++)); do
    percent=$(retry az monitor metrics list --resource "$insights" --metric availabilityResults/availabilityPercentage \
      --offset 5m --interval PT5M --aggregation Average --query 'value[0].timeseries[0].data[0].average' --output tsv)
    [[ $percent != 100* ]] || return 0
    sleep 60
  done
  echo "The availability test of $app reports ${percent:-no} percent, not 100. See its results in Application Insights." >&2
  exit 1
}

if [[ -n $front ]]; then ask_the_availability_test; else ask_from_here; fi

# A code deployment can add the setting AzureWebJobsStorage without a value. The host prefers it to
# the identity, and then finds no storage account. The pipelines' deployer cannot read settings, so
# only a person's run checks this.
# https://github.com/Azure/azure-functions-host/issues/11796
if settings=$(ROLES_ARE_NEW=no retry az functionapp config appsettings list --resource-group "$RESOURCE_GROUP" --name "$app" \
  --query '[].name' --output tsv 2>/dev/null) && grep -qx AzureWebJobsStorage <<<"$settings"; then
  echo "$app has the setting AzureWebJobsStorage, which hides its storage account. Delete the setting in the portal, or deploy" \
    "the infrastructure again to replace all settings." >&2
  exit 1
fi

# If a package cannot be loaded, its deployment still succeeds but the app lists no functions.
functions=$(retry az functionapp function list --resource-group "$RESOURCE_GROUP" --name "$app" \
  --query '[].name' --output tsv)
for function in telephony-hook delivery-receipts okta-events health; do
  grep -qx "$app/$function" <<<"$functions" || { echo "$app does not list the function $function. Deploy the package again." >&2 && exit 1; }
done

[[ -z $front ]] || exit 0
OKTA_HOOK_SECRET=$(openssl rand -hex 32) npm run --silent hook -- --url "$hook" --expect unauthenticated
