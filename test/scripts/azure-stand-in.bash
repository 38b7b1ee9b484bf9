#!/usr/bin/env bash
# Stand-in for az. Keeps resources in $STAND_IN/azure for later runs of setup, and refuses unknown
# commands. https://learn.microsoft.com/cli/azure/
source "${0%/*}/stand-in-record.bash"
set -u
azure=$STAND_IN/azure

declare -A given=()
words='' option=''
for argument; do
  case $argument in
    --*) option=$argument given[$option]=${given[$option]+${given[$option]} } ;;
    *) if [[ -n $option ]]; then given[$option]+=$argument; else words+=${words:+ }$argument; fi ;;
  esac
done
[[ ! -v given[--query] || -v given[--all] || ${given[--output]-} == @(tsv|yamlc) ]] || refuse "$words, whose answer would be JSON"

# Refuses other queries, because the stand-in's answer fits only the given query.
asked() { [[ ${given[--query]} == "$1" ]] || refuse "$words with ${given[--query]}"; }

put() { mkdir -p "$azure/${1%/*}" && echo "${2-}" >"$azure/$1"; }

# Deployments are stored by resource group, or under sub for the subscription. A failed deployment
# has no outputs.
find_deployment() {
  group=${given[--resource-group]-sub} folder=$azure/deployments/$group/${given[--name]-okta-8x8-telephony}
  [[ $group == sub || -e $azure/groups/$group ]] || fail "ERROR: (ResourceGroupNotFound) Resource group '$group' could not be found."
}

parameter() { sed -n "s/^param $1 = '\(.*\)'$/\1/p" "$folder/bicepparam" 2>/dev/null || true; }

deploy() {
  mkdir -p "$folder"
  cp "${given[--parameters]%% *}" "$folder/bicepparam" || refuse "$words without the file"
  echo "${INPUTS_SHA256-}" >"$folder/inputs"
  echo Failed >"$folder/state"
  [[ -z $error ]] || fail "$error"
  echo Succeeded >"$folder/state"
  local name
  name=$(parameter environmentName)
  if [[ $group == sub ]]; then
    [[ ${given[--name]} == okta-8x8-telephony-bootstrap-$name-$(parameter location) ]] || refuse "$words with the name ${given[--name]}"
    put "groups/rg-okta8x8-$name" "$(parameter location)"
    put "identities/id-$name"
    put "assignments/rg-okta8x8-$name" deploys
  else
    put "vaults/kv-$name" "/subscriptions/subscription-id/resourceGroups/$group/providers/Microsoft.KeyVault/vaults/kv-$name"
  fi
}

show() {
  [[ -d $folder ]] || fail "ERROR: (DeploymentNotFound) Deployment '${given[--name]}' could not be found."
  local query=${given[--query]} state name
  state=$(<"$folder/state")
  if [[ $query == *provisioningState* ]]; then
    [[ $state == Succeeded ]] && printf 'Succeeded\t%s\n' "$(<"$folder/inputs")" || printf '%s\tNone\n' "$state"
    return
  fi
  [[ $state == Succeeded ]] || return 0
  name=$(parameter environmentName)
  case $query in
    *ClientId.value) ! grep -q '^param gitHub' "$folder/bicepparam" || echo "client-of-$query" ;;
    *.tenantId.value) echo tenant-id ;;
    *.subscriptionId.value) echo subscription-id ;;
    *.resourceGroupName.value) echo "rg-okta8x8-$name" ;;
    *.identities.value) echo "/userAssignedIdentities/id-$name" ;;
    *.assignments.value) echo deploys ;;
    *.leftOver.value) cat "$azure/left-over" 2>/dev/null || true ;;
    *.vaultName.value) echo "kv-$name" ;;
    *.functionAppName.value) echo "func-$name" ;;
    *.outboundAddress.value) ! grep -q 'natGateway: true' "$folder/bicepparam" || echo 203.0.113.7 ;;
    *.hookUrl.value) cat "$azure/hook-url" 2>/dev/null || echo "https://func-$name.azurewebsites.net/api/okta/telephony" ;;
    *.healthUrl.value) echo "https://func-$name.azurewebsites.net/api/health" ;;
    properties.outputs | *.updateStrategy.value | *.frontDoorId.value) ;;
    *) refuse "$query" ;;
  esac
}

# A role on a scope also applies to everything below the scope.
list_roles() {
  local file role scope description
  for file in "$azure"/roles/*; do
    IFS=$'\t' read -r role scope description <"$file"
    if [[ ! -v given[--role] ]]; then
      [[ ${given[--scope]}/ != "$scope"/* ]] || echo "$role"
    elif [[ "${given[--role]} ${given[--scope]}" == "$role $scope" ]]; then
      printf '%s\t%s\n' "/roleAssignments/${file##*/}" "${description:-None}"
    fi
  done
}

# Reading and writing secrets needs a role for the vault's data:
# https://learn.microsoft.com/azure/key-vault/general/rbac-guide
open_vault() {
  vault=$1
  grep -qs "^Key Vault Secrets Officer"$'\t'"$(<"$azure/vaults/$vault")"$'\t' "$azure"/roles/* ||
    fail "ERROR: (Forbidden) Caller is not authorized to perform action on resource. Inner error: ForbiddenByRbac"
}

# The file secrets/<vault>/<name> has the newest value. The file versions/<vault>/<name> has one
# line for each version, with `true` if the version is enabled.
set_secret() {
  local name=${given[--name]}
  # Fails if another temporary file contains the secret, even if setup would delete that file later.
  [[ $(grep -rlF -f "${given[--file]}" "$TMPDIR") == "${given[--file]}" ]] || refuse "$words with the secret in another file too"
  mkdir -p "$azure/secrets/$vault" "$azure/versions/$vault"
  cp "${given[--file]}" "$azure/secrets/$vault/$name"
  echo true >>"$azure/versions/$vault/$name"
}

# Lists secrets whose newest version is enabled. Azure Resource Manager lists names even for callers
# without a role for the vault's data.
list_secrets() {
  asked 'value[?properties.attributes.enabled].name'
  local file vault=${given[--url]%/secrets?api-version=*}
  for file in "$azure/versions/${vault##*/}"/*; do
    [[ ! -e $file || $(tail -n 1 "$file") != true ]] || echo "${file##*/}"
  done
}

[[ -s $azure/login || $words == version ]] || fail "ERROR: Please run 'az login' to setup account."
[[ -z $error || $words == "deployment "*" create" ]] || fail "$error"

case $words in
  version) echo "${AZ_VERSION:-2.80.0}" ;;
  "account show") asked '[[id, user.type, name, user.name]]' && cat "$azure/login" ;;
  "ad signed-in-user show") echo me ;;
  "bicep install") ;;
  "identity show") [[ -e $azure/identities/${given[--ids]##*/} ]] || fail "ERROR: (ResourceNotFound)" ;;
  "group show")
    location=$(cat "$azure/groups/${given[--name]}" 2>/dev/null) || fail "ERROR: (ResourceGroupNotFound)"
    if [[ ${given[--query]} == id ]]; then echo "/resourceGroups/${given[--name]}"; else echo "$location"; fi
    ;;
  "group create") put "groups/${given[--name]}" "${given[--location]}" ;;
  "provider list")
    asked "[?registrationState=='Registered'].namespace"
    ls "$azure/providers" 2>/dev/null || true
    ;;
  "provider register") put "providers/${given[--namespace]}" ;;
  "functionapp list-flexconsumption-locations")
    cat "$azure/regions" 2>/dev/null || echo "West Europe"
    [[ ${given[--zone-redundant]} == true ]] || echo "North Europe"
    ;;
  "deployment sub create" | "deployment group create") find_deployment && deploy ;;
  "deployment sub show" | "deployment group show") find_deployment && show ;;
  "deployment group list") find_deployment && parameter environmentName ;;
  rest) list_secrets ;;
  "role assignment list")
    if [[ -v given[--all] ]]; then
      echo '[]'
    elif [[ -v given[--resource-group] ]]; then
      cat "$azure/assignments/${given[--resource-group]}" 2>/dev/null || fail "ERROR: (ResourceGroupNotFound)"
    else
      list_roles
    fi
    ;;
  "role definition list") cat "$azure/actions" ;;
  "monitor log-analytics workspace list-deleted-workspaces") cat "$azure/deleted-workspaces" 2>/dev/null || true ;;
  "role assignment create")
    put "roles/assignment-$RANDOM" "${given[--role]}"$'\t'"${given[--scope]}"$'\t'"${given[--description]}"
    list_roles | cut -f 1
    ;;
  "role assignment delete") rm "$azure/roles/${given[--ids]##*/}" ;;
  "keyvault secret set") open_vault "${given[--vault-name]}" && set_secret ;;
  "keyvault secret list-versions")
    open_vault "${given[--vault-name]}"
    grep -n true "$azure/versions/$vault/${given[--name]}" | sort -rn | sed "s|:.*||; s|^|https://$vault.vault.azure.net/secrets/${given[--name]}/|"
    ;;
  "keyvault secret set-attributes")
    IFS=/ read -r _ _ vault _ name version <<<"${given[--id]}"
    open_vault "${vault%%.*}"
    sed -i "${version}s/true/${given[--enabled]}/" "$azure/versions/$vault/$name"
    ;;
  "functionapp config appsettings list") echo AzureWebJobsStorage__accountName ;;
  "functionapp function list")
    app=${given[--name]}
    [[ ! -e $azure/code/$app ]] || printf "$app/%s\n" telephony-hook delivery-receipts okta-events health
    ;;
  "functionapp deployment source config-zip") put "code/${given[--name]}" "$(<"${given[--src]}")" ;;
  *) refuse "$*" ;;
esac
