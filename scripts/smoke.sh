#!/usr/bin/env bash
# Checks that the deployed app is healthy and answers the hook's requests, without sending a
# message. The script calls the hook with a wrong secret, because a pipeline does not know the right
# one. If the app answers 401, it has loaded its secret, because it answers 503 until then. If Okta
# signs in only with tokens, the health check shows that the app has loaded the keys of these
# tokens.
# Usage: RESOURCE_GROUP=… npx --no okta-8x8-telephony smoke
# SMOKE_CHECKS (default: 24) is the number of health checks after the first success. SMOKE_PAUSE
# (default: 10) is the number of seconds before each of these checks.
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

# A rolling update takes some minutes, so the first 200 may come from an old instance. The checks
# continue until the update has ended, because a deployment before then would start a second update.
healthy() { curl --silent --show-error --fail --output /dev/null --max-time 10 "$@" "$health"; }
ask_from_here() {
  healthy --retry 30 --retry-delay 10 --retry-all-errors
  for ((check = 0; check < ${SMOKE_CHECKS:-24}; check++)); do
    sleep "${SMOKE_PAUSE:-10}"
    healthy
  done
}

# Behind a Front Door, the app accepts calls only from the Front Door and the availability test. The
# availability test runs every five minutes from five locations. The function first waits ten
# minutes, until all results of the test are newer than the update.
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

# A code deployment can add the setting AzureWebJobsStorage without a value. The host then uses this
# setting instead of the app's identity, and finds no storage account. The pipelines' identity
# cannot read settings, so the check works only for a person who runs the script.
# https://github.com/Azure/azure-functions-host/issues/11796
if settings=$(ROLES_ARE_NEW=no retry az functionapp config appsettings list --resource-group "$RESOURCE_GROUP" --name "$app" \
  --query '[].name' --output tsv 2>/dev/null) && grep -qx AzureWebJobsStorage <<<"$settings"; then
  echo "$app has the setting AzureWebJobsStorage, which hides its storage account. Delete the setting in the portal, or deploy" \
    "the infrastructure again to replace all settings." >&2
  exit 1
fi

# If the app cannot load a package, the deployment still succeeds, but the app lists no functions.
functions=$(retry az functionapp function list --resource-group "$RESOURCE_GROUP" --name "$app" \
  --query '[].name' --output tsv)
for function in telephony-hook delivery-receipts okta-events health; do
  grep -qx "$app/$function" <<<"$functions" || { echo "$app does not list the function $function. Deploy the package again." >&2 && exit 1; }
done

[[ -z $front ]] || exit 0
OKTA_HOOK_SECRET=$(openssl rand -hex 32) run_command hook --url "$hook" --expect unauthenticated
