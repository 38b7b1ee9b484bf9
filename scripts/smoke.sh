#!/usr/bin/env bash
# Is the hook there, healthy, and answering as Okta's contract says? Sends no message.
# A pipeline knows no hook secret: it sends a wrong one, and 401 proves that the right one was
# loaded (503 says that none was). Where Okta signs in with tokens alone, any secret gets a 401, and
# it is the health before it that proves that their keys were loaded.
# Usage: RESOURCE_GROUP=… scripts/smoke.sh
# SMOKE_CHECKS (24) and SMOKE_PAUSE (10 seconds) set how often and how far apart it looks at a
# healthy app again.
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

# The first 200 may be an old instance's: a rolling update replaces the last one after some minutes.
# The pipelines let the next deployment begin only after these minutes, so that no two updates
# overlap.
healthy() { curl --silent --show-error --fail --output /dev/null --max-time 10 "$@" "$health"; }
ask_from_here() {
  healthy --retry 30 --retry-delay 10 --retry-all-errors
  for ((check = 0; check < ${SMOKE_CHECKS:-24}; check++)); do
    sleep "${SMOKE_PAUSE:-10}"
    healthy
  done
}

# Behind a Front Door the app lets in nobody else but the availability test, which asks every five
# minutes from five places. So what that saw counts, once all of its window lies after the update.
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
  echo "The availability test of $app saw ${percent:-nothing}, where 100 percent would be healthy." >&2
  exit 1
}

if [[ -n $front ]]; then ask_the_availability_test; else ask_from_here; fi

# A deployment can add this setting, empty, and the host prefers it to our identity: then it finds no
# storage. The pipelines' deployer may not read settings, so a person's run alone sees it.
# https://github.com/Azure/azure-functions-host/issues/11796
if settings=$(ROLES_ARE_NEW=no retry az functionapp config appsettings list --resource-group "$RESOURCE_GROUP" --name "$app" \
  --query '[].name' --output tsv 2>/dev/null) && grep -qx AzureWebJobsStorage <<<"$settings"; then
  echo "$app has the setting AzureWebJobsStorage, which hides its storage account. Delete it in the portal, or deploy the" \
    "infrastructure again: that replaces all settings." >&2
  exit 1
fi

# A package that could not be loaded deploys without an error and lists nothing.
functions=$(retry az functionapp function list --resource-group "$RESOURCE_GROUP" --name "$app" \
  --query '[].name' --output tsv)
for function in telephony-hook delivery-receipts okta-events health; do
  grep -qx "$app/$function" <<<"$functions" || { echo "$app does not list $function." >&2 && exit 1; }
done

[[ -z $front ]] || exit 0
OKTA_HOOK_SECRET=$(openssl rand -hex 32) npm run --silent hook -- --url "$hook" --expect unauthenticated
