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
source "$(dirname "$0")/compiler.bash"
at_most 1 "$@"
environment=${1-}
require environment
find_folder "$environment"
parameters=$folder/bootstrap.bicepparam
[[ -f $parameters ]] || wrong_usage "$parameters does not exist. Name an environment that has this file."
only_values "$parameters"
location=$(location_in "$parameters")
name=$(bootstrap_deployment "$environment" "$parameters")
find_compiler
grants=$(run_command print-grants "$folder")
printf 'What the environment grants:\n%s\n' "$grants" | printable

# Any branch can sign in as the previewer.
role=$(sed -n 's/^existing role for previewer: //p' <<<"$grants")
if [[ -n $role ]]; then
  actions=$(retry az role definition list --name "$role" --query '[].permissions[].[actions, dataActions][][]' --output tsv)
  [[ -n $actions ]] || wrong_usage "There is no role $role. Correct existingRoles.previewer in $parameters."
  ! grep -Eiqv '/read$|^Microsoft\.Resources/deployments/(validate|whatIf)/action$' <<<"$actions" ||
    wrong_usage "The role $role can write or assign roles. Set existingRoles.previewer in $parameters to a role that can only read and preview."
fi

[[ ! -f ${folder%/*}/front/front.bicepparam ]] || more_providers+=(Cdn)
for provider in "${providers[@]}" "${more_providers[@]}"; do
  retry az provider register --namespace "Microsoft.$provider" --wait
done

# The template gives an assignment another name if Azure would refuse the usual name.
group=$(az group show --name "$(sed -n 's/^the resource group: //p' <<<"$grants")" --query id --output tsv 2>/dev/null || true)
present='[]'
[[ -z $group ]] ||
  present=$(retry az role assignment list --all --fill-principal-name false --fill-role-definition-name false --output json \
    --query "[?scope=='$group' || starts_with(scope, '$group/')].{id: id, name: name, scope: scope, principalId: principalId, roleDefinitionId: roleDefinitionId}")

INPUTS_SHA256=$(inputs_of "$parameters")
export INPUTS_SHA256
retry az deployment sub create \
  --name "$name" \
  --location "${location:?not in $parameters}" \
  --parameters "$parameters" \
  --parameters "present=$present" \
  --query properties.outputs \
  --output yamlc | printable

left=$(retry az deployment sub show --name "$name" --query properties.outputs.leftOver.value --output tsv)
[[ -z $left ]] || echo "Some role assignments are not in use any more. After this version has deployed the environment, remove them:"
printf '%s' "${left:+$left$'\n'}" | while IFS= read -r id; do echo "  az role assignment delete --ids $id"; done
