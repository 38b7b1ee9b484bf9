# Sourced by setup.sh: reads and writes the environment's folder. It changes the lines that it asks about and leaves the rest to you.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

production=infra/environments/prod/main.bicepparam
[[ -f $production ]] || production=infra/environments/examples/prod/main.bicepparam

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

# What a question offers. A stand-by sends codes and alerts as production does, so there production's value comes first.
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
  sed -nE "s/^param $2 = [^[]*\[([^]]*)\].*\$/\1/p" "$1" | sed -E "/example/d; s/'//g; s/, */,/g"
}

# From the environment's folder; until that is made, from the example.
read_values() {
  local values=$folder
  [[ -f $folder/main.bicepparam ]] || values=$example_folder
  main=$values/main.bicepparam bootstrap=$values/bootstrap.bicepparam okta_state=$values/okta.json
  stage=$({ cat "$folder/pipeline.json" "$example_folder/pipeline.json" 2>/dev/null || true; } |
    sed -n 's/.*"stage": "\([a-z]*\)".*/\1/p' | head -n 1)
  # What is like an example without a stage is deployed by hand.
  [[ -n $stage ]] || pipelines=no
}

# The example's files, which lie one folder deeper. The main file comes last: with it the folder is complete.
make_folder() {
  local file
  mkdir -p "$folder"
  [[ $pipelines == no || -e $folder/pipeline.json ]] || printf '{ "stage": "%s" }\n' "$stage" >"$folder/pipeline.json"
  [[ ! -f $folder/main.bicepparam ]] || return 0
  [[ ! -e $okta_state ]] || cp "$okta_state" "$folder"
  for file in "$bootstrap" "$main"; do
    sed -e "s|^using '../../../|using '../../|" -e "s|^\(param environmentName = \).*|\1'$environment'|" "$file" \
      >"$folder/${file##*/}"
  done
  read_values
}

is_standby() { grep -q '^param standby = true$' "$main"; }
is_closed() { grep -Eq "mode: '(private|existing)'" "$main"; }

write_parameters() {
  begin "Values" "See that what $folder holds has the form of infra/environments/examples."
  make_folder
  local before
  before=$(cat "$main" "$bootstrap")
  write_parameter "$bootstrap" location "$region"
  write_parameter "$bootstrap" vaultOperatorsGroupId "$operators"
  write_parameter "$bootstrap" onCallGroupId "$on_call"
  write_repository
  # The default of the code needs no line.
  [[ $sms_url != https://sms.8x8.com ]] || sms_url=''
  write_setting EIGHT_BY_EIGHT_SMS_SENDER "$sms_sender"
  write_setting EIGHT_BY_EIGHT_SMS_URL "$sms_url"
  write_setting EIGHT_BY_EIGHT_VOICE_SOURCE "$voice_source"
  write_setting EIGHT_BY_EIGHT_VOICE_SUBACCOUNT "$voice_subaccount"
  write_setting PHONE_POLICY_ALLOWED_COUNTRIES "$countries"
  write_setting EIGHT_BY_EIGHT_SMS_SUBACCOUNT "$sms_subaccount"
  write_list "$main" pageReceivers "$page_emails"
  write_list "$main" ticketEmails "$ticket_emails"
  write_list "$bootstrap" accessAlertEmails "$ticket_emails"
  write_parameter "$main" runbookUrl "$runbook"
  if [[ $before == "$(cat "$main" "$bootstrap")" ]]; then
    done_before "$main and $bootstrap say so already."
  else
    echo "Wrote $main and $bootstrap."
  fi
}

# Puts what standard input has into a file, and touches the file only where that is something else.
replace() {
  local text
  text=$(cat)
  [[ $text == "$(cat "$1")" ]] || printf '%s\n' "$text" >"$1"
}

# A line instead of another; where there is none, after the first line that begins like this. An empty line removes.
write_line() {
  local file=$1 old=$2 after=$3 line=$4 has=no
  ! grep -Eq "$old" "$file" || has=yes
  awk -v old="$old" -v after="$after" -v line="$line" -v has="$has" '
    has == "yes" && $0 ~ old { if (line != "") print line; next }
    { print }
    has == "no" && line != "" && $0 ~ after && !written++ { print line }
  ' "$file" | replace "$file"
}

write_parameter() {
  write_line "$1" "^param $2 = " '^param environmentName = ' "param $2 = '$3'"
}

write_setting() {
  local line=''
  [[ -z $2 ]] || line="  $1: '$2'"
  write_line "$main" "^ *$1: " '^param hookSettings = [{]' "$line"
}

write_list() {
  local file=$1 name=$2 members=${3//,/\', \'}
  sed -E "s/^(param $name = [^[]*)\[[^]]*\]/\1['$members']/" "$file" | replace "$file"
  [[ $(list_of "$file" "$name") == "$3" ]] || stop "$file has no $name on one line: write it there as it was."
}

# The repository whose runs may become the two identities; without pipelines, none.
write_repository() {
  local block='' issuer
  # An enterprise may have its own, which you have put there.
  issuer=$(awk '/^param gitHub = /, /}$/' "$bootstrap" | grep '^ *issuer: ' || true)
  [[ -z $issuer ]] || issuer=$'\n'$issuer
  [[ $pipelines == no ]] || block="param gitHub = {
  owner: '$repository_owner'
  ownerId: $owner_id
  name: '$repository_name'
  id: $repository_id
  subject: '$subject'$issuer
}"
  {
    awk '/^param gitHub = /, /}$/ { exit } { print }' "$bootstrap"
    [[ -z $block ]] || printf '%s\n' "$block"
    awk '/^param gitHub = /, /}$/ { seen = 1; next } seen { print }' "$bootstrap"
  } | cat -s | replace "$bootstrap"
}
