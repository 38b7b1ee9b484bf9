#!/usr/bin/env bash
# Creates an environment's resource groups, identities and roles. An administrator of the
# subscription runs this script once, and again after each change to bootstrap.bicepparam.
# Usage: npx --no okta-8x8-telephony bootstrap <environment>
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
source "$(dirname "$0")/deployment-hash.bash"
source "$(dirname "$0")/values-file.bash"
source "$(dirname "$0")/providers.bash"
at_most 1 "$@"
environment=${1-}
require environment
find_folder "$environment"
parameters=$folder/bootstrap.bicepparam
[[ -f $parameters ]] || wrong_usage "$parameters does not exist. Name an environment that has this file."
only_values "$parameters"
location=$(sed -n "s/^param location = '\(.*\)'$/\1/p" "$parameters")

[[ ! -f ${folder%/*}/front/front.bicepparam ]] || more_providers+=(Cdn)
for provider in "${providers[@]}" "${more_providers[@]}"; do
  retry az provider register --namespace "Microsoft.$provider" --wait
done

INPUTS_SHA256=$(inputs_of "$parameters")
export INPUTS_SHA256
retry az deployment sub create \
  --name "okta-8x8-telephony-bootstrap-${environment##*/}" \
  --location "${location:?not in $parameters}" \
  --parameters "$parameters" \
  --query properties.outputs \
  --output yamlc | printable
