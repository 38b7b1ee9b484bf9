#!/usr/bin/env bash
# Builds or changes everything that infra/ describes. Usage: RESOURCE_GROUP=… scripts/deploy-infra.sh <environment>
set -euo pipefail
environment=${1:?environment}
group=${RESOURCE_GROUP:?}

az deployment group create \
  --resource-group "$group" \
  --name okta-8x8-telephony \
  --parameters "infra/main.$environment.bicepparam" \
  --output none

az deployment group show --resource-group "$group" --name okta-8x8-telephony --query properties.outputs --output yamlc
