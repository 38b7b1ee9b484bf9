#!/usr/bin/env bash
# Shows what a deployment would change. An identity that cannot change anything may run this script.
# Usage: RESOURCE_GROUP=… npx --no okta-8x8-telephony preview <environment>
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
source "$(dirname "$0")/values-file.bash"
at_most 1 "$@"
environment=${1-}
require environment RESOURCE_GROUP
find_folder "$environment"
parameters=$folder/main.bicepparam
[[ -f $parameters ]] || wrong_usage "$parameters does not exist. Name an environment that has this file."
only_values "$parameters"

retry az deployment group what-if \
  --resource-group "$RESOURCE_GROUP" \
  --name okta-8x8-telephony-preview \
  --parameters "$parameters" \
  --validation-level ProviderNoRbac | printable
