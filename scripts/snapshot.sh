#!/usr/bin/env bash
# Writes the snapshots again after a change to infra/, for the diff to be reviewed. Usage: BICEP=… scripts/snapshot.sh
# Another compiler than the pinned one would write other snapshots, so PATH comes last.
# The ids are made up and constant: a snapshot says what would be asked for, not where.
set -euo pipefail
pinned=$HOME/.azure/bin/bicep
[[ -x $pinned ]] || pinned=bicep
bicep=${BICEP:-$pinned}
where=(--subscription-id 00000000-0000-0000-0000-000000000000 --location westeurope --mode overwrite)

for environment in dev prod; do
  "$bicep" snapshot "infra/main.$environment.bicepparam" --resource-group "rg-okta8x8-$environment" "${where[@]}"
  "$bicep" snapshot "infra/bootstrap/main.$environment.bicepparam" "${where[@]}"
done
