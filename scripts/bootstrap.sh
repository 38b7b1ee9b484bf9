#!/usr/bin/env bash
# Once for each environment, by an administrator of the subscription: resource groups, pipeline identities, their roles.
# Usage: scripts/bootstrap.sh <environment>
set -euo pipefail
environment=${1:?environment}
parameters=infra/bootstrap/main.$environment.bicepparam
location=$(sed -n "s/^param location = '\(.*\)'$/\1/p" "$parameters")

for provider in AlertsManagement App Insights KeyVault ManagedIdentity Network OperationalInsights Storage Web; do
  az provider register --namespace "Microsoft.$provider" --wait
done

az deployment sub create \
  --name "okta-8x8-telephony-bootstrap-$environment" \
  --location "${location:?not in $parameters}" \
  --parameters "$parameters" \
  --query properties.outputs \
  --output yamlc
