# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

# Compares hashes, because in a fresh clone all file times are new.
is_deployed() {
  [[ $1 == $'Succeeded\t'"$(inputs_of "$2")" ]]
}

made_from='[[properties.provisioningState, properties.outputs.inputs.value]]'

# A clone needs packages before the first question, because the app's own code checks answers.
install_packages() {
  begin "Packages" "See the error above. npm needs access to the internet."
  if ! is_clone || cmp -s package-lock.json node_modules/.setup-lock; then
    done_before "the packages are installed."
  else
    npm ci
    cp package-lock.json node_modules/.setup-lock
  fi
  # If this program cannot start, setup must stop here, or the first question repeats forever.
  run_command check-setting --help >/dev/null
  current=''
}

# Changes nothing, and needs no terminal.
only_look() {
  [[ -f $folder/main.bicepparam ]] || wrong_usage "$folder/main.bicepparam does not exist. Run setup without --check first."
  look_for_azure
  if is_small; then resource_group=$(json_value "$folder/azure.json" resourceGroup); fi
  check_values
  ask_azure
}

# Asks Azure whether it would take the environment, before the first deployment.
ask_azure() {
  begin "Azure" "Do what the lines above say."
  local group
  find_compiler
  group=$(group_of_app)
  run_command preflight "$folder" "$group" "$(region_of_environment)" subscription >/dev/null
  echo "Azure can take the environment."
  current=''
}

check_values() {
  begin "Check" "Fix the values named above in $folder."
  [[ -n ${BICEP-} ]] || "$here/install-bicep.sh"
  STAGE=$stage "$here/check-environment.sh" "$environment"
  current=''
}

run_bootstrap() {
  begin "Bootstrap" "See az's error above."
  if is_deployed "$(az deployment sub show --name "$(bootstrap_deployment "$environment" "$bootstrap")" --query "$made_from" \
    --output tsv 2>/dev/null)" "$bootstrap" && has_what_bootstrap_made; then
    done_before "nothing has changed since the last bootstrap."
  else
    "$here/bootstrap.sh" "$environment"
  fi
  resource_group=$(bootstrap_output resourceGroupName)
  [[ -n $resource_group ]] || stop "The bootstrap's output resourceGroupName is not there yet. Run setup again in a minute."
}

# The subscription keeps the record of a deployment after its resource groups are deleted.
has_what_bootstrap_made() {
  local id name names
  for id in $(bootstrap_output identities); do
    az identity show --ids "$id" --output none 2>/dev/null || return
  done
  names=$(az role assignment list --resource-group "$(bootstrap_output resourceGroupName)" --query '[].name' --output tsv 2>/dev/null) || return
  for name in $(bootstrap_output assignments); do
    grep -qx "$name" <<<"$names" || return
  done
}

deploy_infrastructure() {
  # The resource group of the first deployment has no outputs yet.
  [[ -n $(output functionAppName) ]] || ask_azure
  begin "Infrastructure" "See az's error above. If Azure refuses a value, fix it in $main."
  if is_deployed "$(az deployment group show --resource-group "$resource_group" --name "$deployment_name" \
    --query "$made_from" --output tsv 2>/dev/null)" "$main"; then
    done_before "nothing has changed since the last deployment."
  else
    RESOURCE_GROUP=$resource_group "$here/deploy-infra.sh" "$environment"
  fi
}

deploy_code() {
  begin "Code" "See the error of npm or az above."
  local app functions
  app=$(output functionAppName)
  functions=$(retry az functionapp function list --resource-group "$resource_group" --name "$app" \
    --query '[].name' --output tsv)
  if grep -qx "$app/telephony-hook" <<<"$functions"; then
    done_before "the app has code. To deploy newer code, use the pipeline or $(command_line deploy-code)."
  else
    ! is_clone || npm run package
    RESOURCE_GROUP=$resource_group "$here/deploy-code.sh"
  fi
}

run_smoke_test() {
  begin "Smoke test, about five minutes" "Open the app's /api/health, which names what is missing. For other problems, see docs/troubleshoot.md."
  RESOURCE_GROUP=$resource_group "$here/smoke.sh"
}
