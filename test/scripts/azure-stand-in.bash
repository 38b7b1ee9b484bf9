#!/usr/bin/env bash
# Stands in for az: keeps in $STAND_IN/azure what it was asked to make, so that a second run finds it.
source "${0%/*}/stand-in-record.bash"
azure=$STAND_IN/azure
[[ -d $azure/roles ]] || mkdir -p "$azure"/{deployments,secrets,roles}

after() {
  local wanted=$1
  shift
  while (($# > 1)); do
    [[ $1 != "$wanted" ]] || { echo "$2" && return; }
    shift
  done
}

deploy() {
  date -u +%Y-%m-%dT%H:%M:%S.%6N+00:00 >"$azure/deployments/$1"
  cp "$2" "$azure/deployments/$1.bicepparam"
}

show() {
  [[ -e $azure/deployments/$1 ]] || { echo "ERROR: (DeploymentNotFound) Deployment '$1' could not be found." >&2 && exit 3; }
  case $2 in
    *provisioningState*) printf 'Succeeded\t%s\n' "$(<"$azure/deployments/$1")" ;;
    *deployClientId* | *previewClientId*) grep -q '^param gitHub' "$azure/deployments/$1.bicepparam" && echo "client-of-$2" ;;
    *tenantId*) echo tenant-id ;;
    *subscriptionId*) echo subscription-id ;;
    *resourceGroupName*) echo rg-okta8x8-example ;;
    *vaultName*) echo kv-example ;;
    *functionAppName*) echo func-example ;;
    *outboundAddress*) ! grep -q 'natGateway: true' "$azure/deployments/$1.bicepparam" || echo 203.0.113.7 ;;
    *hookUrl*) cat "$azure/hook-url" 2>/dev/null || echo https://func-example.azurewebsites.net/api/okta/telephony ;;
    *healthUrl*) echo https://func-example.azurewebsites.net/api/health ;;
  esac
}

query=$(after --query "$@") name=$(after --name "$@")
case "$*" in
  "version "*) echo "${AZ_VERSION:-2.80.0}" ;;
  "account show "*) [[ -s $azure/login ]] && cat "$azure/login" ;;
  "functionapp list-flexconsumption-locations "*) printf 'West Europe\nNorth Europe\n' ;;
  "deployment sub create "* | "deployment group create "*) deploy "$name" "$(after --parameters "$@")" ;;
  "deployment sub show "* | "deployment group show "*) show "$name" "$query" ;;
  "rest --method get "*) ls "$azure/secrets" ;;
  "ad signed-in-user show "*) echo me ;;
  "role assignment create "*) echo "$(after --role "$@") for $(after --assignee-object-id "$@")" | tee "$azure/roles/mine" >/dev/null && echo mine ;;
  "role assignment delete "*) rm "$azure/roles/$(after --ids "$@")" ;;
  "role assignment list "*) ;;
  "keyvault secret set "*)
    [[ -e $azure/roles/mine ]] || { echo "ERROR: (Forbidden) You may not." >&2 && exit 1; }
    cp "$(after --file "$@")" "$azure/secrets/$name"
    ;;
  "functionapp function list "*) [[ ! -e $azure/code ]] || printf 'func-example/%s\n' telephony-hook delivery-receipts okta-events health ;;
  "functionapp deployment source config-zip "*) cp "$(after --src "$@")" "$azure/code" ;;
  "bicep install "* | "provider register "* | "keyvault secret list-versions "*) ;;
  *) echo "The stand-in for az does not know: $*" >&2 && exit 2 ;;
esac
