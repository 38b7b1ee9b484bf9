# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

deployment_name=okta-8x8-telephony

look_for_azure() {
  local account
  account=$(az account show --query '[[id, user.type, name, user.name]]' --output tsv 2>/dev/null | printable_lines) ||
    stop "You are not signed in to Azure. Run az login, then az account set --subscription with your subscription."
  IFS=$'\t' read -r subscription user_type subscription_name user_name <<<"$account"
  [[ $user_type == user ]] || stop "az is signed in as a $user_type. Run az login as a person."
  me=$(retry az ad signed-in-user show --query id --output tsv)
  resource_group=$(bootstrap_output resourceGroupName)
}

# Without this check, a missing role would cause five minutes of retries after the last question.
# Roles on a narrower scope do not count.
look_for_rights() {
  local scope=/subscriptions/$subscription where="the subscription $subscription_name" roles
  if is_small; then
    ask_for_group
    where="the resource group $resource_group, or on the subscription if the group does not exist yet"
    ! group_exists || scope+=/resourceGroups/$resource_group
  fi
  roles=$(retry az role assignment list --assignee "$me" --scope "$scope" --include-inherited --include-groups \
    --query '[].roleDefinitionName' --output tsv) || stop "Your roles in Azure cannot be read. See az's error above."
  is_owner "$roles" || stop "You need the role Owner on $where, or Contributor and User Access Administrator. You have:" \
    "$(paste -sd, - <<<"${roles:-none}"). Activate a role for which you are eligible. If you have an equivalent role of" \
    "your company, follow infra/README.md#by-hand."
  # The roles are complete now, so retry must not wait for a missing role.
  export ROLES_ARE_NEW=no
}

# A small environment has no custom roles, so the person must be able to assign roles, but not to
# create them.
is_owner() {
  local assigns='User Access Administrator'
  ! is_small || assigns+='|Role Based Access Control Administrator'
  grep -qx Owner <<<"$1" || { grep -qx Contributor <<<"$1" && grep -Eqx "$assigns" <<<"$1"; }
}

# Other people may have chosen the output's value, so the value may contain control characters.
bootstrap_output() {
  is_small || az deployment sub show --name "$(bootstrap_deployment "$environment" "$bootstrap")" --query "properties.outputs.$1.value" --output tsv 2>/dev/null |
    printable_lines || true
}

output() {
  [[ -z $resource_group ]] || az deployment group show --resource-group "$resource_group" --name "$deployment_name" \
    --query "properties.outputs.$1.value" --output tsv 2>/dev/null | printable_lines || true
}

group_exists() { [[ -n $(region_of_group) ]]; }

# A group cannot move to another region: docs/deploy.md#another-region.
region_of_group() {
  [[ -z $resource_group ]] || az group show --name "$resource_group" --query location --output tsv 2>/dev/null || true
}

# The file may be the example's, which has another group.
group_of_app() {
  if is_small; then echo "$resource_group"; else run_command print-grants "$folder" | sed -n 's/^the resource group: //p'; fi
}

flex_regions=''
load_flex_regions() {
  local zones=(--zone-redundant false)
  ! grep -q '^param zoneRedundant = true$' "$main" || zones=(--zone-redundant true)
  flex_regions=$(retry az functionapp list-flexconsumption-locations "${zones[@]}" --query '[].name' --output tsv |
    tr '[:upper:]' '[:lower:]' | tr -d ' ') || stop "The regions in which the app can run cannot be read. See az's error above."
}

has_flex_consumption() {
  grep -qxF "$1" <<<"$flex_regions" && return
  echo "Azure does not offer Flex Consumption in $1, or not with the zones that $environment needs. Choose one of: $(paste -sd' ' - <<<"$flex_regions")"
  return 1
}

ask_for_region() {
  local offered=westeurope
  load_flex_regions
  is_small || offered=$(value_of "$bootstrap" location)
  has_flex_consumption "$offered" >/dev/null || offered=''
  ask region "Azure region" "$offered" has_flex_consumption
}
