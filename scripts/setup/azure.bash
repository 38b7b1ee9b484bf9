# Sourced by setup.sh: the steps in Azure.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

bootstrap_name=okta-8x8-telephony-bootstrap-$environment
deployment_name=okta-8x8-telephony

look_for_azure() {
  local account
  account=$(az account show --query '[[id, user.type, name]]' --output tsv 2>/dev/null) ||
    stop "az knows nobody: az login, then az account set --subscription with the one that this is for."
  IFS=$'\t' read -r subscription user_type subscription_name <<<"$account"
  [[ $user_type == user ]] || stop "az is logged in as a $user_type: az login as a person."
}

# An output of a deployment; nothing where there was none.
bootstrap_output() {
  az deployment sub show --name "$bootstrap_name" --query "properties.outputs.$1.value" --output tsv 2>/dev/null || true
}

output() {
  [[ -z $resource_group ]] || az deployment group show --resource-group "$resource_group" --name "$deployment_name" \
    --query "properties.outputs.$1.value" --output tsv 2>/dev/null || true
}

look_at_region() {
  local zones=(--zone-redundant false) regions
  ! grep -q '^param zoneRedundant = true$' "$main" || zones=(--zone-redundant true)
  regions=$(retry az functionapp list-flexconsumption-locations "${zones[@]}" --query '[].name' --output tsv |
    tr '[:upper:]' '[:lower:]' | tr -d ' ') || stop "Azure did not say where the app can run: see what az said above."
  grep -qx "$region" <<<"$regions" ||
    stop "Azure has no Flex Consumption in $region as $environment needs it. Choose one of: $(tr '\n' ' ' <<<"$regions")"
}

# Were the templates and this environment's parameters already as they are now when this deployment ended?
is_deployed() {
  local state at marker changed
  read -r state at <<<"$1"
  [[ $state == Succeeded ]] || return 1
  marker=$(mktemp)
  touch -d "${at%+00:00}Z" "$marker"
  changed=$(find infra -path infra/environments -prune -o -type f -newer "$marker" -print &&
    find "$main" "$bootstrap" -newer "$marker")
  rm -f "$marker"
  [[ -z $changed ]]
}

ended='[[properties.provisioningState, properties.timestamp]]'

run_bootstrap() {
  begin "Bootstrap" "You need the Owner role on the subscription $subscription_name: see what az said above."
  if is_deployed "$(az deployment sub show --name "$bootstrap_name" --query "$ended" --output tsv 2>/dev/null)"; then
    done_before "nothing in infra/ changed since the last bootstrap."
  else
    scripts/bootstrap.sh "$environment"
  fi
  resource_group=$(bootstrap_output resourceGroupName)
  [[ -n $resource_group ]] || stop "The bootstrap left no output resourceGroupName: run setup again in a minute."
}

deploy_infrastructure() {
  begin "Infrastructure" "See what az said above; a value that Azure refuses stands in $main."
  if is_deployed "$(az deployment group show --resource-group "$resource_group" --name "$deployment_name" \
    --query "$ended" --output tsv 2>/dev/null)"; then
    done_before "nothing in infra/ changed since the last deployment."
  else
    RESOURCE_GROUP=$resource_group scripts/deploy-infra.sh "$environment"
  fi
}

install_packages() {
  begin "Packages and compiler" "See what npm or az said above; both load from the internet."
  if [[ node_modules/.package-lock.json -nt package-lock.json ]]; then
    done_before "the packages of package-lock.json are installed."
  else
    npm ci
  fi
  scripts/install-bicep.sh
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
