# Setup changes only the lines whose values it asks for.
# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

new=no

# Copies the example's files, with the path of the template in the package or in this clone. The file
# main.bicepparam is last, because a folder with this file counts as complete.
make_folder() {
  local file templates=../../${product}infra/
  mkdir -p "$folder"
  [[ $pipelines == no || -e $folder/pipeline.json ]] || printf '{ "stage": "%s" }\n' "$stage" >"$folder/pipeline.json"
  [[ ! -f $folder/main.bicepparam ]] || return 0
  new=yes
  for file in "$bootstrap" "$main"; do
    [[ -f $file ]] || continue
    sed -e "s|^using '../../../|using '$templates|" -e "s|^\(param environmentName = \).*|\1'$environment'|" "$file" \
      >"$folder/${file##*/}"
  done
  read_values
}

write_parameters() {
  begin "Values" "Compare the files in $folder with ${product}infra/environments/examples."
  local before='' url=$sms_url
  [[ ! -f $folder/main.bicepparam ]] || before=$(cat "$folder"/*.bicepparam)
  make_folder
  # The default URL needs no line.
  [[ $url != https://sms.8x8.com ]] || url=''
  write_setting EIGHT_BY_EIGHT_SMS_SENDER "$sms_sender"
  write_setting EIGHT_BY_EIGHT_SMS_URL "$url"
  write_setting EIGHT_BY_EIGHT_VOICE_SOURCE "$voice_source"
  write_setting EIGHT_BY_EIGHT_VOICE_SUBACCOUNT "$voice_subaccount"
  write_setting PHONE_POLICY_ALLOWED_COUNTRIES "$countries"
  write_setting EIGHT_BY_EIGHT_SMS_SUBACCOUNT "$sms_subaccount"
  if has_alerts; then
    write_list "$main" pageReceivers "{ emails: [" "$page_receivers" "] }"
    write_list "$main" ticketEmails "[" "$ticket_emails" "]"
    write_parameter "$main" runbookUrl "$runbook"
  fi
  is_small || write_bootstrap
  if [[ $before == "$(cat "$folder"/*.bicepparam)" ]]; then
    done_before "$folder is up to date."
  else
    echo "Wrote $folder."
  fi
  [[ $pipelines == no ]] || run_command init
}

# Writes only into a new environment, because a change of the strategy is the operator's.
choose_update_strategy() {
  [[ $new == yes && $stage == production ]] || return 0
  local list=${product}infra/regions-with-rolling-update.json date
  date=$(json_value "$list" date)
  if grep -q "\"$(region_of_environment)\"" "$list"; then
    write_parameter "$main" updateStrategy RollingUpdate
    echo "Updates replace the app's instances in batches, because Azure offered rolling updates in this region on $date (docs/operate.md#what-a-deployment-costs)."
  else
    echo "Updates restart all instances at once, because Azure offered no rolling updates in this region on $date (docs/operate.md#what-a-deployment-costs)."
  fi
}

# For 14 days, Azure keeps the name of a deleted workspace, and recovers it only in its old region.
avoid_deleted_workspace() {
  local name place deleted
  [[ -z $(value_of "$main" workspaceId)$(value_of "$main" workspaceName) ]] || return 0
  name=log-$(value_or okta8x8 workload)-$environment place=$(region_of_environment)
  deleted=$(az monitor log-analytics workspace list-deleted-workspaces --resource-group "$(group_of_app)" --query "[?name=='$name'].location" --output tsv 2>/dev/null |
    tr '[:upper:]' '[:lower:]' | tr -d ' ') || true
  [[ -n $deleted ]] && ! grep -qx "$place" <<<"$deleted" || return 0
  write_parameter "$main" workspaceName "$name-$place"
  echo "The logs get the workspace $name-$place, because Azure keeps the name of the deleted workspace $name in $deleted for 14 days."
}

# The region without capitals and spaces, as Azure's lists have it.
region_of_environment() {
  local place=${region-}
  [[ -n $place ]] || place=$(if is_small; then region_of_group; else location_in "$bootstrap"; fi)
  tr '[:upper:]' '[:lower:]' <<<"$place" | tr -d ' '
}

write_bootstrap() {
  write_parameter "$bootstrap" location "$region"
  write_parameter "$bootstrap" vaultOperatorsGroupId "$operators"
  write_parameter "$bootstrap" onCallGroupId "$on_call"
  write_list "$bootstrap" accessAlertEmails "[" "$ticket_emails" "]"
  write_repository
}

replace() {
  local text
  text=$(cat)
  [[ $text == "$(cat "$1")" ]] || printf '%s\n' "$text" >"$1"
}

# Replaces each line that matches `old`. If no line matches, adds `line` after the first line that
# matches `after`. If `line` is empty, deletes the matching lines.
write_line() {
  local file=$1 old=$2 after=$3 line=$4 has=no
  ! grep -Eq "$old" "$file" || has=yes
  # The text is in the environment, because awk's -v would interpret backslashes.
  LINE=$line awk -v old="$old" -v after="$after" -v has="$has" '
    BEGIN { line = ENVIRON["LINE"] }
    has == "yes" && $0 ~ old { if (line != "") print line; next }
    { print }
    has == "no" && line != "" && $0 ~ after && !written++ { print line }
  ' "$file" | replace "$file"
}

write_parameter() { write_parameter_as "$1" "$2" "'$3'"; }

write_parameter_as() {
  write_line "$1" "^param $2 = " '^param environmentName = ' "param $2 = $3"
}

write_setting() {
  local line=''
  [[ -z $2 ]] || line="  $1: '$2'"
  write_line "$main" "^ *$1: " '^param hookSettings = [{]' "$line"
}

# If the file has the parameter, only the first list on its line changes. The list's members go to
# awk as data, because in sed they could run a command.
write_list() {
  local file=$1 name=$2 members
  members=${4//\'/\\\'}
  members=${members:+\'${members//,/\', \'}\'}
  grep -q "^param $name = " "$file" || write_parameter_as "$file" "$name" "$3$5"
  MEMBERS=$members awk -v start="param $name = " '
    index($0, start) == 1 && match($0, /\[[^]]*\]/) {
      $0 = substr($0, 1, RSTART) ENVIRON["MEMBERS"] substr($0, RSTART + RLENGTH - 1)
    }
    { print }
  ' "$file" | replace "$file"
}

write_repository() {
  local block='' issuer
  # Setup keeps the issuer that an enterprise has set, and the only workflow that may deploy.
  issuer=$(awk '/^param gitHub = /, /}$/' "$bootstrap" | grep -E '^ *(issuer|workflow): ' || true)
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
