#!/usr/bin/env bash
# Writes the snapshots of the examples prod, small and front. Run it after a change to infra/, and
# review the diff. test/infra/examples.programs.test.ts compares dev and dr with prod.
# Usage: [BICEP=…] scripts/snapshot.sh
# It uses the compiler in BICEP, or the pinned version, because other versions write other
# snapshots.
set -euo pipefail
here=$(dirname "$0")
source "$here/usage.bash"
at_most 0 "$@"
[[ -d $here/../node_modules ]] || wrong_usage "The packages are not installed. Run npm ci."
pinned=$HOME/.azure/bin/bicep
[[ -x $pinned ]] || pinned=bicep
bicep=${BICEP:-$pinned}
command -v "$bicep" >/dev/null || wrong_usage "The Bicep compiler is missing. Run scripts/install-bicep.sh."
# The ids are made up and constant, so that every machine writes the same snapshots.
where=(--subscription-id 00000000-0000-0000-0000-000000000000 --location westeurope --mode overwrite)
# Without this variable, the templates refuse the example values.
export PLACEHOLDERS=allowed

for file in infra/environments/examples/{front,prod,small}/*.bicepparam; do
  folder=$(dirname "$file")
  group=(--resource-group "rg-okta8x8-${folder##*/}")
  # A bootstrap is deployed to the subscription, so it has no group.
  [[ $file != */bootstrap.bicepparam ]] || group=()
  "$bicep" snapshot "$file" ${group[@]+"${group[@]}"} "${where[@]}"
done
node "$here/run.js" "$here/sort-outputs.ts" infra/environments/examples/*/*.snapshot.json
