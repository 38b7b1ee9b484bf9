# Most offered values come from the environment's folder, where an earlier run has left its answers.
# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

ask_everything() {
  printf '\nPress Enter to keep the value in brackets. Type a minus (-) to empty an optional value.\n'
  ask_about_azure
  ask_about_8x8
  ask_about_okta
  ask_about_people
}

ask_about_azure() {
  region=$(region_of_group)
  [[ -n $region ]] || ask_for_region
  is_small || operators=$(value_of "$bootstrap" vaultOperatorsGroupId) on_call=$(value_of "$bootstrap" onCallGroupId)
}

ask_about_8x8() {
  ask sms_url "8x8's API for your region (docs/set-up-8x8.md)" "$(offer value_of EIGHT_BY_EIGHT_SMS_URL https://sms.8x8.com)" \
    is_setting EIGHT_BY_EIGHT_SMS_URL
  ask sms_subaccount "8x8 sub-account for SMS" "$(offer value_of EIGHT_BY_EIGHT_SMS_SUBACCOUNT)" \
    is_setting EIGHT_BY_EIGHT_SMS_SUBACCOUNT
  sms_sender=''
  has_map EIGHT_BY_EIGHT_SMS_SENDERS ||
    ask sms_sender "Sender of SMS (optional; if empty, 8x8 chooses)" "$(offer value_of EIGHT_BY_EIGHT_SMS_SENDER)" \
      is_setting EIGHT_BY_EIGHT_SMS_SENDER
  echo "For senders by country, set EIGHT_BY_EIGHT_SMS_SENDERS in $folder/main.bicepparam instead of one sender (docs/set-up-8x8.md#senders-by-country)."
  countries=$(offer value_of PHONE_POLICY_ALLOWED_COUNTRIES)
  # Record mode refuses no one, and a block list allows all other countries. In these cases, setup
  # asks for no list of allowed countries.
  [[ $stage == test || $(policy) == record || -n $(blocked_countries) ]] ||
    ask countries "Countries of your people's phone numbers (all other countries are refused)" "$countries" are_countries
  voice_subaccount=$(offer value_of EIGHT_BY_EIGHT_VOICE_SUBACCOUNT) voice_source=$(offer value_of EIGHT_BY_EIGHT_VOICE_SOURCE)
  is_brief || ask_about_calls
}

ask_about_calls() {
  ask voice_subaccount "8x8 sub-account for calls (optional; if empty, there are no calls)" "$voice_subaccount" \
    is_setting EIGHT_BY_EIGHT_VOICE_SUBACCOUNT
  if [[ -z $voice_subaccount ]] || has_map EIGHT_BY_EIGHT_VOICE_SOURCES; then
    voice_source=''
  else
    ask voice_source "Phone number that makes the calls" "$voice_source" is_setting EIGHT_BY_EIGHT_VOICE_SOURCE
  fi
}

# Succeeds if the file has this setting by country. If it has, the app ignores the same setting for all
# countries, with a warning.
has_map() { grep -Eq "^ *$1: " "$main"; }

ask_about_people() {
  local mails="$mail(,$mail)*" words="addresses separated by commas"
  page_receivers=$(offer list_of pageReceivers) ticket_emails=$(offer list_of ticketEmails) reviewers=''
  runbook=$(value_of "$main" runbookUrl)
  [[ -n $runbook ]] || runbook=$(runbooks_on_github)
  if has_alerts; then
    [[ -n $page_receivers || ! $user_name =~ ^$mail$ ]] || page_receivers=$user_name
    echo "An e-mail does not wake people. Afterwards, add phone numbers or the webhook of your on-call service to pageReceivers in $folder/main.bicepparam (docs/parameters.md#who-is-paged)."
    ask page_receivers "People to page (e-mail addresses, separated by commas)" "$page_receivers" looks_like "$mails" "$words"
    ask ticket_emails "E-mail addresses for alerts that are not urgent" "${ticket_emails:-$page_receivers}" looks_like "$mails" "$words"
    [[ -n $runbook ]] ||
      ask runbook "URL of your copy of docs/runbooks.md, to which each alert links" "$runbook" looks_like "https://[^ '\$\\]+" "an https address"
  fi
  # By default, the person who runs setup is notified of new roles.
  [[ -n $ticket_emails || ! $user_name =~ ^$mail$ ]] || ticket_emails=$user_name
  ! has_reviewers ||
    ask reviewers "GitHub users or teams who approve deployments" "$(reviewers_or_me)" are_reviewers
}

# Prints the URL of the runbooks at this version's commit, or of a clone's origin on GitHub.
runbooks_on_github() {
  local product_repository branch=main
  if is_clone; then
    product_repository=$({ git remote get-url origin 2>/dev/null || true; } |
      sed -nE 's#^(https://github\.com/|git@github\.com:)([^/]+/[^/]+)$#\2#; s#\.git$##; /^[^/:]+\/[^/]+$/p')
  else
    product_repository=$(json_value "${product}package.json" repository) branch=$(json_value "${product}package.json" gitHead)
    product_repository=${product_repository#github:}
  fi
  [[ -z $product_repository ]] || echo "https://github.com/$product_repository/blob/$branch/docs/runbooks.md"
}
