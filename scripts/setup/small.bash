# Sourced by setup.sh: one resource group, for somebody who may be owner of that group alone. No
# bootstrap, and nothing on GitHub.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

# What has no bootstrap.
is_small() { [[ ! -f $bootstrap ]]; }

ask_for_group() {
  local offered
  offered=$(json_value "$folder/azure.json" resourceGroup)
  ask resource_group "Resource group, which exists or is made" "${offered:-rg-okta8x8-$environment}" \
    looks_like '[A-Za-z0-9_.()-]{0,89}[A-Za-z0-9_()-]' "a resource group's name"
}

# An owner of the group alone may not register them.
look_for_providers() {
  local known
  # https://learn.microsoft.com/azure/azure-functions/flex-consumption-how-to#enable-virtual-network-integration
  ! is_closed || providers+=("${more_providers[@]}")
  known=$(az provider list --query "[?registrationState=='Registered'].namespace" --output tsv 2>/dev/null) || return 0
  missing_providers=$(printf 'Microsoft.%s\n' "${providers[@]}" | grep -vixF "$known" || true)
  # shellcheck disable=SC2086 # one word for each
  [[ -z $missing_providers ]] || ! group_exists ||
    stop "The subscription does not know what is built here. An owner of it has to run, once:" \
      "$(printf '\n  az provider register --namespace %s' $missing_providers)"
}

make_group() {
  begin "Resource group" "See what az said above."
  local provider
  for provider in $missing_providers; do
    retry az provider register --namespace "$provider" --wait
  done
  [[ -e $folder/azure.json ]] || : >"$folder/azure.json"
  printf '{ "resourceGroup": "%s" }\n' "$resource_group" | replace "$folder/azure.json"
  if group_exists; then
    done_before "$resource_group is there."
  else
    retry az group create --name "$resource_group" --location "$region" --output none
    echo "Made $resource_group."
  fi
}
