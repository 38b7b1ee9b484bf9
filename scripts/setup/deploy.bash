# Sourced by setup.sh: the steps in Azure.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

# Was a deployment that succeeded made from these templates and these parameters? Known by content:
# a fresh clone changes all times.
is_deployed() {
  [[ $1 == $'Succeeded\t'"$(inputs_of "$2")" ]]
}

made_from='[[properties.provisioningState, properties.outputs.inputs.value]]'

# They ask and judge with the program's own code, so they come before the questions.
install_packages() {
  begin "Packages" "See what is said above. npm loads packages from the internet."
  if cmp -s package-lock.json node_modules/.setup-lock; then
    done_before "the packages of package-lock.json are installed."
  else
    npm ci
    cp package-lock.json node_modules/.setup-lock
  fi
  # The first question would ask again and again if what judges its answer could not start.
  node scripts/run.js tools/check-environment/check-setting.ts --help >/dev/null
  current=''
}

check_values() {
  begin "Check" "What is named above stands in $folder."
  scripts/install-bicep.sh
  STAGE=$stage scripts/check-environment.sh "$environment"
}

run_bootstrap() {
  begin "Bootstrap" "See what az said above."
  if is_deployed "$(az deployment sub show --name "$bootstrap_name" --query "$made_from" --output tsv 2>/dev/null)" "$bootstrap"; then
    done_before "nothing that it is made from has changed since the last bootstrap."
  else
    scripts/bootstrap.sh "$environment"
  fi
  resource_group=$(bootstrap_output resourceGroupName)
  [[ -n $resource_group ]] || stop "The bootstrap left no output resourceGroupName: run setup again in a minute."
}

deploy_infrastructure() {
  begin "Infrastructure" "See what az said above; a value that Azure refuses stands in $main."
  if is_deployed "$(az deployment group show --resource-group "$resource_group" --name "$deployment_name" \
    --query "$made_from" --output tsv 2>/dev/null)" "$main"; then
    done_before "nothing that it is made from has changed since the last deployment."
  else
    RESOURCE_GROUP=$resource_group scripts/deploy-infra.sh "$environment"
  fi
}

deploy_code() {
  begin "Code" "See what npm or az said above."
  local app functions
  app=$(output functionAppName)
  functions=$(retry az functionapp function list --resource-group "$resource_group" --name "$app" \
    --query '[].name' --output tsv)
  if grep -qx "$app/telephony-hook" <<<"$functions"; then
    done_before "the app has code. The pipeline, or scripts/deploy-code.sh, brings newer."
  else
    npm run package
    RESOURCE_GROUP=$resource_group scripts/deploy-code.sh
  fi
}

run_smoke_test() {
  begin "Smoke test, about five minutes" "Open the app's /api/health: it names what is missing. docs/troubleshoot.md has the rest."
  RESOURCE_GROUP=$resource_group scripts/smoke.sh
}
