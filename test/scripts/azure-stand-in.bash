#!/usr/bin/env bash
# Stands in for az: keeps in $STAND_IN/azure what it was asked to make, so that a second run finds it, and refuses a command, an
# option or a query that it does not know. What each command requires: https://learn.microsoft.com/cli/azure/ and its words, such as
# https://learn.microsoft.com/cli/azure/deployment/group#az-deployment-group-create
source "${0%/*}/stand-in-record.bash"
source "${0%/*}/stand-in-options.bash"
source "${0%/*}/azure-stand-in-state.bash"
source "${0%/*}/azure-stand-in-vault.bash"

case $words in
  version)
    needs "--query=\"azure-cli\"" --output=tsv
    is_failing && fail "$error"
    echo "${AZ_VERSION:-2.80.0}"
    exit
    ;;
esac
[[ -s $azure/login ]] || fail "ERROR: Please run 'az login' to setup account."
! is_failing || [[ $words == "deployment "*" create" ]] || fail "$error"

case $words in
  "account show")
    needs "--query=[[id, user.type, name, user.name]]" --output=tsv
    cat "$azure/login"
    ;;
  "ad signed-in-user show")
    needs --query=id --output=tsv
    echo me
    ;;
  "ad group show")
    needs --group --query=displayName --output=tsv
    cat "$azure/entra/${given[--group]}" 2>/dev/null ||
      fail "ERROR: Resource '${given[--group]}' does not exist or one of its queried reference-property objects are not present." 3
    ;;
  "group show")
    needs --name --query=location --output=tsv
    given[--resource-group]=${given[--name]}
    find_group
    has_role Owner "$subscription/resourceGroups/$group" || forbid Microsoft.Resources/subscriptions/resourceGroups/read "$group"
    cat "$azure/groups/$group"
    ;;
  "group create")
    needs --name --location --output=none
    has_role Owner "$subscription" || forbid Microsoft.Resources/subscriptions/resourcegroups/write "$subscription"
    make_group "${given[--name]}" "${given[--location]}"
    ;;
  "provider list")
    needs --query="[?registrationState=='Registered'].namespace" --output=tsv
    ls "$azure/providers" 2>/dev/null || true
    ;;
  "bicep install")
    needs --version
    ;;
  "provider register")
    needs --namespace --wait
    has_role Owner "$subscription" || forbid "Microsoft.Web/register/action" "$subscription"
    mkdir -p "$azure/providers/${given[--namespace]}"
    ;;
  "functionapp list-flexconsumption-locations")
    needs --zone-redundant --query='[].name' --output=tsv
    case ${given[--zone-redundant]} in
      true) echo "West Europe" ;;
      false) printf 'West Europe\nNorth Europe\n' ;;
      *) refuse "$*" ;;
    esac
    ;;
  "deployment sub create")
    needs --name --location --parameters
    has_role Owner "$subscription" || forbid Microsoft.Resources/deployments/write "$subscription"
    make_group "rg-okta8x8-$(parameter environmentName)" "$(parameter location)"
    deploy sub
    ;;
  "deployment group create")
    needs --resource-group --name --parameters --output=none
    find_group
    has_role Owner "$subscription/resourceGroups/$group" || forbid Microsoft.Resources/deployments/write "$group"
    deploy "$group"
    ;;
  "deployment sub show")
    needs --name --query --output=tsv
    show sub
    ;;
  "deployment group list")
    needs --resource-group --query="[?name=='okta-8x8-telephony'].properties.parameters.environmentName.value" --output=tsv
    find_group
    sed -n "s/^param environmentName = '\(.*\)'$/\1/p" "$azure/deployments/$group/okta-8x8-telephony/bicepparam" 2>/dev/null || true
    ;;
  "deployment group show")
    needs --resource-group --name --query
    find_group
    show "$group"
    ;;
  "rest")
    needs --method=get --url --query='value[?properties.attributes.enabled].name' --output=tsv
    list_secrets
    ;;
  "role assignment list")
    if [[ -v given[--role] ]]; then
      needs --assignee=me --role --scope --query='[].[id, description]' --output=tsv
      list_roles
    else
      needs --assignee=me --scope --include-inherited --include-groups --query='[].roleDefinitionName' --output=tsv
      list_inherited_roles
    fi
    ;;
  "role assignment create")
    needs --assignee-object-id=me --assignee-principal-type=User --role --scope --description --query=id --output=tsv
    give_role
    ;;
  "role assignment delete")
    needs --ids
    [[ -e $azure/roles/${given[--ids]##*/} ]] || fail "ERROR: (RoleAssignmentNotFound) The role assignment could not be found." 3
    rm "$azure/roles/${given[--ids]##*/}"
    ;;
  "keyvault secret set")
    needs --vault-name --name --file --encoding=utf-8 --expires --content-type=text/plain --output=none
    set_secret
    ;;
  "keyvault secret list-versions")
    needs --vault-name --name --query='reverse(sort_by([?attributes.enabled], &attributes.created))[].id' --output=tsv
    list_versions
    ;;
  "keyvault secret set-attributes")
    needs --id --enabled=false --output=none
    disable_version
    ;;
  "functionapp function list")
    needs --resource-group --name --query='[].name' --output=tsv
    find_app
    [[ ! -e $azure/code/$app ]] || printf "$app/%s\n" telephony-hook delivery-receipts okta-events health
    ;;
  "functionapp deployment source config-zip")
    needs --resource-group --name --src --build-remote=false --output=none
    find_app
    mkdir -p "$azure/code"
    cp "${given[--src]}" "$azure/code/$app"
    ;;
  *) refuse "$*" ;;
esac
