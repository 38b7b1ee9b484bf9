# Sourced by setup.sh: what Azure is asked before anything is changed.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

bootstrap_name=okta-8x8-telephony-bootstrap-$environment
deployment_name=okta-8x8-telephony

look_for_azure() {
  local account
  account=$(az account show --query '[[id, user.type, name, user.name]]' --output tsv 2>/dev/null | printable_lines) ||
    stop "az knows nobody: az login, then az account set --subscription with the one that this is for."
  IFS=$'\t' read -r subscription user_type subscription_name user_name <<<"$account"
  [[ $user_type == user ]] || stop "az is logged in as a $user_type: az login as a person."
  me=$(retry az ad signed-in-user show --query id --output tsv)
  resource_group=$(bootstrap_output resourceGroupName)
}

# Now, and not after all questions and five minutes of tries. What stands below the scope is of no
# use.
look_for_rights() {
  local scope=/subscriptions/$subscription where="the subscription $subscription_name" roles
  if is_small; then
    ask_for_group
    where="the resource group $resource_group, or of the subscription if that is to be made"
    ! group_exists || scope+=/resourceGroups/$resource_group
  fi
  roles=$(retry az role assignment list --assignee "$me" --scope "$scope" --include-inherited --include-groups \
    --query '[].roleDefinitionName' --output tsv) || stop "Azure did not say which roles you have: see what az said above."
  is_owner "$roles" || stop "You need the role Owner of $where, or Contributor and User Access Administrator; you have:" \
    "$(paste -sd, - <<<"${roles:-none}"). One that you are only eligible for has to be activated first. An equal role of" \
    "your company's own: infra/README.md#by-hand."
  # A refusal that comes all the same is no role that has not arrived yet.
  export ROLES_ARE_NEW=no
}

is_owner() {
  grep -qx Owner <<<"$1" ||
    { grep -qx Contributor <<<"$1" && grep -Eqx 'User Access Administrator|Role Based Access Control Administrator' <<<"$1"; }
}

# An output of a deployment; nothing where there was none. They are printed, and Azure's values may
# be anybody's.
bootstrap_output() {
  is_small || az deployment sub show --name "$bootstrap_name" --query "properties.outputs.$1.value" --output tsv 2>/dev/null |
    printable_lines || true
}

output() {
  [[ -z $resource_group ]] || az deployment group show --resource-group "$resource_group" --name "$deployment_name" \
    --query "properties.outputs.$1.value" --output tsv 2>/dev/null | printable_lines || true
}

group_exists() { [[ -n $(region_of_group) ]]; }

# A group stays where it is: docs/deploy.md#another-region.
region_of_group() {
  [[ -z $resource_group ]] || az group show --name "$resource_group" --query location --output tsv 2>/dev/null || true
}

flex_regions=''
load_flex_regions() {
  local zones=(--zone-redundant false)
  ! grep -q '^param zoneRedundant = true$' "$main" || zones=(--zone-redundant true)
  flex_regions=$(retry az functionapp list-flexconsumption-locations "${zones[@]}" --query '[].name' --output tsv |
    tr '[:upper:]' '[:lower:]' | tr -d ' ') || stop "Azure did not say where the app can run: see what az said above."
}

has_flex_consumption() {
  grep -qxF "$1" <<<"$flex_regions" && return
  echo "Azure has no Flex Consumption in $1 as $environment needs it. Choose one of: $(paste -sd' ' - <<<"$flex_regions")"
  return 1
}

ask_for_region() {
  local offered=westeurope
  load_flex_regions
  is_small || offered=$(value_of "$bootstrap" location)
  has_flex_consumption "$offered" >/dev/null || offered=''
  ask region "Azure region" "$offered" has_flex_consumption
}
