#!/usr/bin/env bash
# Is the hook there, healthy, and answering as Okta's contract says? Sends no message.
# A pipeline knows no hook secret: it sends a wrong one, and 401 proves that the right one was loaded (503 says that none was).
# Usage: RESOURCE_GROUP=… scripts/smoke.sh
# SMOKE_CHECKS (24) and SMOKE_PAUSE (10 seconds) set how often and how far apart it looks at a healthy app again.
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 0 "$@"
require RESOURCE_GROUP

output() {
  retry az deployment group show --resource-group "$RESOURCE_GROUP" --name okta-8x8-telephony \
    --query "properties.outputs.$1.value" --output tsv
}
app=$(output functionAppName)
health=$(output healthUrl)
hook=$(output hookUrl)

# The first 200 may be an old instance's: a rolling update replaces the last one after some minutes. The pipelines let the next
# deployment begin only after these minutes, so that no two updates overlap.
healthy() { curl --silent --show-error --fail --output /dev/null --max-time 10 "$@" "$health"; }
healthy --retry 30 --retry-delay 10 --retry-all-errors
for ((check = 0; check < ${SMOKE_CHECKS:-24}; check++)); do
  sleep "${SMOKE_PAUSE:-10}"
  healthy
done

# A package that could not be loaded deploys without an error and lists nothing.
functions=$(retry az functionapp function list --resource-group "$RESOURCE_GROUP" --name "$app" \
  --query '[].name' --output tsv)
for function in telephony-hook health; do
  grep -qx "$app/$function" <<<"$functions" || { echo "$app does not list $function." >&2 && exit 1; }
done

OKTA_HOOK_SECRET=$(openssl rand -hex 32) npm run --silent hook -- --url "$hook" --expect unauthenticated
