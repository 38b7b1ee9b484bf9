# Sets up one resource group, for a person who may own nothing else.
# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

is_small() { [[ ! -f $bootstrap ]]; }

ask_for_group() {
  local offered
  offered=$(json_value "$folder/azure.json" resourceGroup)
  ask resource_group "Resource group (created if it does not exist)" "${offered:-rg-okta8x8-$environment}" \
    looks_like '[[:alnum:]_.()-]{0,89}[[:alnum:]_()-]' "a resource group's name"
}

# A person who owns only a resource group cannot register resource providers.
look_for_providers() {
  local known
  # https://learn.microsoft.com/azure/azure-functions/flex-consumption-how-to#enable-virtual-network-integration
  ! is_closed || providers+=("${more_providers[@]}")
  known=$(az provider list --query "[?registrationState=='Registered'].namespace" --output tsv 2>/dev/null) || return 0
  missing_providers=$(printf 'Microsoft.%s\n' "${providers[@]}" | grep -vixF "$known" || true)
  # shellcheck disable=SC2086 # split into words
  [[ -z $missing_providers ]] || ! group_exists ||
    stop "The subscription is not registered for these resource providers. An owner must run, once:" \
      "$(printf '\n  az provider register --namespace %s' $missing_providers)"
}

make_group() {
  begin "Resource group" "See az's error above."
  local provider
  for provider in $missing_providers; do
    retry az provider register --namespace "$provider" --wait
  done
  [[ -e $folder/azure.json ]] || : >"$folder/azure.json"
  printf '{ "resourceGroup": "%s" }\n' "$resource_group" | replace "$folder/azure.json"
  if group_exists; then
    done_before "$resource_group exists."
  else
    retry az group create --name "$resource_group" --location "$region" --output none
    echo "Created $resource_group."
  fi
}
