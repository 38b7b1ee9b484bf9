#!/usr/bin/env bash
# Prints which environments a pipeline deploys, by stage, as JSON: each folder of
# infra/environments/ that has a pipeline.json.
# Usage: scripts/environments.sh [environment]
#   environment   that one alone; empty for all
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 1 "$@"
environment=${1-}

form='^[[:space:]]*\{[[:space:]]*"stage"[[:space:]]*:[[:space:]]*"(test|production|standby)"[[:space:]]*\}[[:space:]]*$'
found=''
for file in infra/environments/*/pipeline.json; do
  [[ -e $file ]] || continue
  name=$(basename "$(dirname "$file")")
  # It becomes a part of commands and of names in GitHub and Azure.
  [[ $name =~ ^[a-z][a-z0-9]{1,4}$ && $(<"$file") =~ $form ]] || {
    echo "infra/environments/ has <name>/pipeline.json with { \"stage\": \"test\" }, production or standby, not ${file//[[:cntrl:]#]/_}." >&2 && exit 1
  }
  [[ -n $environment && $name != "$environment" ]] || found+="${BASH_REMATCH[1]} \"$name\""$'\n'
done
[[ -z $environment || -n $found ]] || wrong_usage "No pipeline deploys that environment: it has no pipeline.json."

list() {
  awk -v stage="$1" 'NF == 2 && (stage == "all" || $1 == stage) { printf "%s%s", comma, $2; comma = "," }' <<<"$found"
}
printf '{"all":[%s],"test":[%s],"production":[%s],"standby":[%s]}\n' \
  "$(list all)" "$(list test)" "$(list production)" "$(list standby)"
