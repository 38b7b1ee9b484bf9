# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

# Production is the environment prod or, without prod, the first with the stage production.
production=${folder%/*}/prod/main.bicepparam
[[ -f $production ]] || production=$({ grep -ls '"production"' "${folder%/*}"/*/pipeline.json || true; } |
  sed -n '1s|pipeline.json$|main.bicepparam|p')

# Matches the example values that infra/main.bicep and the bootstrap refuse.
example='example|^11111111-|^6588000000$'

# Prints the value of a string parameter or setting in a file, or nothing for an example value.
value_of() {
  sed -nE "s/^ *(param )?$2( =|:) '(.*)'\$/\3/p" "$1" | { grep -Ev "$example" || true; }
}

value_or() {
  local value
  value=$(value_of "$main" "$2")
  echo "${value:-$1}"
}

# Prints the first string with this name in a JSON file, or nothing for an example value.
json_value() {
  { sed -nE "s/^.*\"$2\": \"([^\"]*)\".*\$/\1/p" "$1" 2>/dev/null || true; } | head -n 1 | { grep -Eiv "$example" || true; }
}

# For a stand-by, a question offers production's value if there is one.
offer() {
  local read=$1 name=$2 unset=${3-} file value
  for file in $(! is_standby || echo "$production") "$main"; do
    value=$("$read" "$file" "$name")
    [[ -z $value ]] || break
  done
  echo "${value:-$unset}"
}

# Prints the members of the first list on a parameter's line, separated by commas.
list_of() {
  sed -nE "s/^param $2 = [^[]*\[([^]]*)\].*\$/\1/p" "$1" | sed -E "/example/d; s/\\\\'/#/g; s/'//g; s/#/'/g; s/, */,/g"
}

# Setup can change only lists that are on one line, and in pageReceivers only the first list.
look_for_lists() {
  local file name
  for file in "$main" "$bootstrap"; do
    for name in pageReceivers ticketEmails accessAlertEmails; do
      ! grep -qs "^param $name = " "$file" || grep -Eq "^param $name = ([{] *emails: *)?\[.*\]" "$file" ||
        stop "Write $name in $file on one line that begins as in the examples."
    done
  done
}

read_values() {
  local values=$folder
  [[ -f $folder/main.bicepparam ]] || values=$example_folder
  main=$values/main.bicepparam bootstrap=$values/bootstrap.bicepparam
  okta_state=$folder/okta.json
  # Any example's okta.json will do, because setup replaces each value in this file.
  [[ -f $okta_state ]] || okta_state=${product}infra/environments/examples/dev/okta.json
  stage=$({ cat "$folder/pipeline.json" "$example_folder/pipeline.json" 2>/dev/null || true; } |
    sed -n 's/.*"stage": "\([a-z]*\)".*/\1/p' | head -n 1)
  # If the example has no stage, its environments have no pipeline.
  [[ -n $stage ]] || pipelines=no
}

policy() { value_or enforce PHONE_POLICY_MODE; }
blocked_countries() { value_of "$main" PHONE_POLICY_BLOCKED_COUNTRIES; }
has_alerts() { ! grep -q "^param alerts = 'none'$" "$main"; }
# Setup asks few questions for these environments, because the example's other values can stay.
is_brief() { [[ $stage == test ]] || is_small; }
# Test environments are deployed without approval.
has_reviewers() { [[ $pipelines == yes && $stage != test ]]; }
is_standby() { grep -q '^param standby = true$' "$main"; }
is_closed() { grep -Eq "mode: '(private|existing)'" "$main"; }
