# Sourced by the stand-in for az: what Azure keeps, and what it says where something is not there or not allowed.
# shellcheck disable=SC2034,SC2154 # the parts of a stand-in set variables for each other
azure=$STAND_IN/azure
IFS=$'\t' read -r subscription_id _ <"$azure/login"
subscription=/subscriptions/$subscription_id

is_failing() { [[ -n $error ]]; }

# https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
forbid() {
  fail "ERROR: (AuthorizationFailed) The client 'octo@octo.org' does not have authorization to perform action '$1' over scope '$2' or the scope is invalid. If access was recently granted, please refresh your credentials."
}

# A role holds at its scope and below: https://learn.microsoft.com/azure/role-based-access-control/scope-overview
has_role() {
  local file role scope
  for file in "$azure"/roles/*; do
    IFS=$'\t' read -r role scope _ <"$file"
    [[ $role != "$1" || ($2 != "$scope" && $2 != "$scope"/*) ]] || return 0
  done
  return 1
}

list_roles() {
  local file role scope description
  for file in "$azure"/roles/*; do
    IFS=$'\t' read -r role scope description <"$file"
    [[ $role != "${given[--role]}" || $scope != "${given[--scope]}" ]] ||
      printf '%s\t%s\n' "$scope/providers/Microsoft.Authorization/roleAssignments/${file##*/}" "${description:-None}"
  done
}

list_inherited_roles() {
  local file role scope
  for file in "$azure"/roles/*; do
    IFS=$'\t' read -r role scope _ <"$file"
    [[ ${given[--scope]} != "$scope" && ${given[--scope]} != "$scope"/* ]] || echo "$role"
  done
}

give_role() {
  local scope=${given[--scope]} id=assignment-$RANDOM
  find_vault "${scope##*/}"
  [[ $scope == "$vault_scope" ]] || fail "ERROR: (ResourceNotFound) There is no $scope." 3
  has_role Owner "$scope" || forbid Microsoft.Authorization/roleAssignments/write "$scope"
  [[ -z $(list_roles) ]] || fail "ERROR: (RoleAssignmentExists) The role assignment already exists."
  printf '%s\t%s\t%s\n' "${given[--role]}" "$scope" "${given[--description]}" >"$azure/roles/$id"
  echo "$scope/providers/Microsoft.Authorization/roleAssignments/$id"
}

find_group() {
  group=${given[--resource-group]}
  [[ -e $azure/groups/$group ]] || fail "ERROR: (ResourceGroupNotFound) Resource group '$group' could not be found." 3
}

# A group's place is for good: https://learn.microsoft.com/rest/api/resources/resource-groups/create-or-update
make_group() {
  local had=''
  mkdir -p "$azure/groups"
  [[ ! -e $azure/groups/$1 ]] || had=$(<"$azure/groups/$1")
  [[ -z $had || $had == "$2" ]] ||
    fail "ERROR: (InvalidResourceGroupLocation) Invalid resource group location '$2'. The Resource group already exists in location '$had'."
  echo "$2" >"$azure/groups/$1"
}

parameter() { sed -n "s/^param $1 = '\(.*\)'$/\1/p" "${given[--parameters]}"; }

# One that fails is kept too, without outputs: https://learn.microsoft.com/rest/api/resources/deployments/get
deploy() {
  local folder=$azure/deployments/$1/${given[--name]}
  [[ -f ${given[--parameters]} ]] || refuse "$words without the file ${given[--parameters]}"
  mkdir -p "$folder"
  cp "${given[--parameters]}" "$folder/bicepparam"
  echo "${INPUTS_SHA256-}" >"$folder/inputs"
  is_failing && echo Failed >"$folder/state" && fail "$error"
  echo Succeeded >"$folder/state"
}

show() {
  local folder=$azure/deployments/$1/${given[--name]} query=${given[--query]} name state
  [[ -d $folder ]] || fail "ERROR: (DeploymentNotFound) Deployment '${given[--name]}' could not be found." 3
  state=$(<"$folder/state")
  name=$(sed -n "s/^param environmentName = '\(.*\)'$/\1/p" "$folder/bicepparam")
  case $query in
    '[[properties.provisioningState, properties.outputs.inputs.value]]')
      if [[ $state == Succeeded ]]; then printf 'Succeeded\t%s\n' "$(<"$folder/inputs")"; else printf '%s\tNone\n' "$state"; fi
      ;;
    properties.outputs | properties.parameters.updateStrategy.value | properties.parameters.frontDoorId.value) ;;
    properties.outputs.*.value) [[ $state != Succeeded ]] || show_output "$1" "$folder/bicepparam" "$name" ;;
    *) refuse "$words with --query $query" ;;
  esac
}

show_output() {
  case "$1 ${query#properties.outputs.}" in
    "sub deployClientId.value" | "sub previewClientId.value") ! grep -q '^param gitHub' "$2" || echo "client-of-$query" ;;
    "sub tenantId.value") echo tenant-id ;;
    "sub subscriptionId.value") echo "$subscription_id" ;;
    "sub resourceGroupName.value") echo "rg-okta8x8-$3" ;;
    "sub "*) refuse "$query of the bootstrap" ;;
    *" vaultName.value") echo "kv-$3" ;;
    *" functionAppName.value") echo "func-$3" ;;
    *" outboundAddress.value") ! grep -q 'natGateway: true' "$2" || echo 203.0.113.7 ;;
    *" hookUrl.value") cat "$azure/hook-url" 2>/dev/null || echo "https://func-$3.azurewebsites.net/api/okta/telephony" ;;
    *" healthUrl.value") echo "https://func-$3.azurewebsites.net/api/health" ;;
    *) refuse "$query" ;;
  esac
}

find_app() {
  app=${given[--name]}
  find_group
  [[ -d $azure/deployments/$group/okta-8x8-telephony && $app == func-* ]] ||
    fail "ERROR: (ResourceNotFound) The Resource 'Microsoft.Web/sites/$app' was not found." 3
}
