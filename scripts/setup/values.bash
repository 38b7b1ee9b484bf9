# Sourced by setup.sh: reads the environment's folder.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

# Whose values a stand-by takes: those of prod, or of another that a pipeline deploys as production.
# An example's are nobody's.
production=infra/environments/prod/main.bicepparam
[[ -f $production ]] || production=$({ grep -ls '"production"' infra/environments/*/pipeline.json || true; } |
  sed -n '1s|pipeline.json$|main.bicepparam|p')

# What infra/main.bicep and the bootstrap refuse.
example='example|^11111111-|^6588000000$'

# The string that a parameter or a setting has in a file; nothing for an example.
value_of() {
  sed -nE "s/^ *(param )?$2( =|:) '(.*)'\$/\3/p" "$1" | { grep -Ev "$example" || true; }
}

# The same of the main file; where it has none, what is given.
value_or() {
  local value
  value=$(value_of "$main" "$2")
  echo "${value:-$1}"
}

# The first string of that name in a file of JSON; nothing for an example or without the file.
json_value() {
  { sed -nE "s/^.*\"$2\": \"([^\"]*)\".*\$/\1/p" "$1" 2>/dev/null || true; } | head -n 1 | { grep -Eiv "$example" || true; }
}

# What a question offers. A stand-by sends codes and alerts as production does, so there
# production's value comes first.
offer() {
  local read=$1 name=$2 unset=${3-} file value
  for file in $(! is_standby || echo "$production") "$main"; do
    value=$("$read" "$file" "$name")
    [[ -z $value ]] || break
  done
  echo "${value:-$unset}"
}

# The first list on a parameter's line, as its members with commas between.
list_of() {
  sed -nE "s/^param $2 = [^[]*\[([^]]*)\].*\$/\1/p" "$1" | sed -E "/example/d; s/\\\\'/#/g; s/'//g; s/#/'/g; s/, */,/g"
}

# Setup changes lists of mail addresses on one line alone: one that is written otherwise is found
# before the first question.
look_for_lists() {
  local file name
  for file in "$main" "$bootstrap"; do
    for name in pageReceivers ticketEmails accessAlertEmails; do
      ! grep -qs "^param $name = " "$file" || grep -q "^param $name = [^[]*\[.*\]" "$file" ||
        stop "Write $name in $file on one line, as the examples have it."
    done
  done
}

# From the environment's folder; until that is made, from the example.
read_values() {
  local values=$folder
  [[ -f $folder/main.bicepparam ]] || values=$example_folder
  main=$values/main.bicepparam bootstrap=$values/bootstrap.bicepparam
  okta_state=$folder/okta.json
  # All that an example says there is asked or known, so any of them does.
  [[ -f $okta_state ]] || okta_state=infra/environments/examples/dev/okta.json
  stage=$({ cat "$folder/pipeline.json" "$example_folder/pipeline.json" 2>/dev/null || true; } |
    sed -n 's/.*"stage": "\([a-z]*\)".*/\1/p' | head -n 1)
  # What is like an example without a stage is deployed by hand.
  [[ -n $stage ]] || pipelines=no
}

policy() { value_or enforce PHONE_POLICY_MODE; }
blocked_countries() { value_of "$main" PHONE_POLICY_BLOCKED_COUNTRIES; }
has_alerts() { ! grep -q "^param alerts = 'none'$" "$main"; }
# Few questions: its examples' values do for the rest.
is_brief() { [[ $stage == test ]] || is_small; }
# Only a test environment is deployed without anybody's approval.
has_reviewers() { [[ $pipelines == yes && $stage != test ]]; }
is_standby() { grep -q '^param standby = true$' "$main"; }
is_closed() { grep -Eq "mode: '(private|existing)'" "$main"; }
