#!/usr/bin/env bash
# Prints the environments that a pipeline deploys, as JSON, grouped by stage. Such an environment is
# a folder in environments/ that has a pipeline.json.
# Usage: scripts/environments.sh [environment]
#   environment   prints only this environment; if empty, prints all
set -euo pipefail
source "$(dirname "$0")/usage.bash"
at_most 1 "$@"
environment=${1-}

form='^[[:space:]]*\{[[:space:]]*"stage"[[:space:]]*:[[:space:]]*"(test|production|standby)"[[:space:]]*\}[[:space:]]*$'
found=''
for file in {infra/,}environments/*/pipeline.json; do
  [[ -e $file ]] || continue
  name=$(basename "$(dirname "$file")")
  # The folder's name becomes part of commands, and of names in GitHub and Azure.
  [[ $name =~ ^[a-z][a-z0-9]{1,4}$ && $(<"$file") =~ $form ]] || {
    echo "${file//[[:cntrl:]#]/_} is not valid. The folder's name must have two to five lower-case letters and digits. The file must contain { \"stage\": \"test\" }, or the stage production or standby." >&2 && exit 1
  }
  [[ -n $environment && $name != "$environment" ]] || found+="${BASH_REMATCH[1]} \"$name\""$'\n'
done
[[ -z $environment || -n $found ]] || wrong_usage "That environment has no pipeline.json, so no pipeline deploys it. Name an environment that has a pipeline.json."

list() {
  awk -v stage="$1" 'NF == 2 && (stage == "all" || $1 == stage) { printf "%s%s", comma, $2; comma = "," }' <<<"$found"
}
printf '{"all":[%s],"test":[%s],"production":[%s],"standby":[%s]}\n' \
  "$(list all)" "$(list test)" "$(list production)" "$(list standby)"
