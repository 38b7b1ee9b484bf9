# Sourced by setup.sh: the questions. What stands in the environment's folder is offered, so an
# earlier run's answers are too. For a test environment and a small one only what has no good
# default is asked; the rest stands in the folder, to be changed there.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

ask_everything() {
  printf '\nEnter keeps what stands in brackets; a minus (-) leaves empty what may be empty.\n'
  ask_about_azure
  ask_about_8x8
  ask_about_okta
  ask_about_people
}

ask_about_azure() {
  region=$(region_of_group)
  [[ -n $region ]] || ask_for_region
  ! is_small || return 0
  operators=$(value_of "$bootstrap" vaultOperatorsGroupId) on_call=$(value_of "$bootstrap" onCallGroupId)
  [[ $stage != test ]] || return 0
  ask operators "Entra group that may rotate secrets, object id (optional)" "$operators" is_group
  ask on_call "Entra group that may read telemetry, object id (optional)" "$on_call" is_group
}

ask_about_8x8() {
  ask sms_url "8x8's API for your region (docs/set-up-8x8.md)" "$(offer value_of EIGHT_BY_EIGHT_SMS_URL https://sms.8x8.com)" \
    is_setting EIGHT_BY_EIGHT_SMS_URL
  ask sms_subaccount "8x8 sub-account for SMS" "$(offer value_of EIGHT_BY_EIGHT_SMS_SUBACCOUNT)" \
    is_setting EIGHT_BY_EIGHT_SMS_SUBACCOUNT
  sms_sender=''
  has_map EIGHT_BY_EIGHT_SMS_SENDERS ||
    ask sms_sender "Sender of an SMS (optional; empty: 8x8 chooses)" "$(offer value_of EIGHT_BY_EIGHT_SMS_SENDER)" \
      is_setting EIGHT_BY_EIGHT_SMS_SENDER
  echo "Senders by country: EIGHT_BY_EIGHT_SMS_SENDERS in $folder/main.bicepparam, in place of one (docs/set-up-8x8.md#senders-by-country)."
  countries=$(offer value_of PHONE_POLICY_ALLOWED_COUNTRIES)
  # A list that is only recorded keeps nobody out, and who blocks some serves all others.
  [[ $stage == test || $(policy) == record || -n $(blocked_countries) ]] ||
    ask countries "Countries where your people live: no other is served" "$countries" are_countries
  voice_subaccount=$(offer value_of EIGHT_BY_EIGHT_VOICE_SUBACCOUNT) voice_source=$(offer value_of EIGHT_BY_EIGHT_VOICE_SOURCE)
  is_brief || ask_about_calls
}

ask_about_calls() {
  ask voice_subaccount "8x8 sub-account for calls (optional; empty: no calls)" "$voice_subaccount" \
    is_setting EIGHT_BY_EIGHT_VOICE_SUBACCOUNT
  if [[ -z $voice_subaccount ]] || has_map EIGHT_BY_EIGHT_VOICE_SOURCES; then
    voice_source=''
  else
    ask voice_source "Number that calls" "$voice_source" is_setting EIGHT_BY_EIGHT_VOICE_SOURCE
  fi
}

# One sender beside a map of them is a setting that is wrong.
has_map() { grep -Eq "^ *$1: " "$main"; }

ask_about_people() {
  local mails="$mail(,$mail)*" words="addresses with commas between"
  receivers='' page_receivers=$(offer list_of pageReceivers) ticket_emails=$(offer list_of ticketEmails) reviewers=''
  runbook=$(value_of "$main" runbookUrl)
  [[ -n $runbook ]] || runbook=$(runbooks_of_origin)
  if has_alerts; then
    [[ -n $page_receivers || ! $user_name =~ ^$mail$ ]] || page_receivers=$user_name
    echo "Mail wakes no one: add a number (+49…) for an SMS, or the webhook of your on-call service (docs/parameters.md#who-is-paged)."
    ask page_receivers "Who is paged: mail addresses, numbers, a webhook" "$page_receivers" are_receivers
    ask ticket_emails "Mail addresses for what can wait" "${ticket_emails:-$(mails_of "$page_receivers")}" looks_like "$mails" "$words"
    [[ $pipelines == yes ]] ||
      ask runbook "Where your people read docs/runbooks.md" "$runbook" looks_like "https://[^ '\$\\]+" "an https address"
  fi
  # Whoever sets it up hears of roles that are given, where nobody else is named.
  [[ -n $ticket_emails || ! $user_name =~ ^$mail$ ]] || ticket_emails=$user_name
  ! has_reviewers ||
    ask reviewers "GitHub users or teams who approve a deployment" "$(reviewers_or_me)" are_reviewers
}

# Of what was typed, the mail addresses.
mails_of() { tr ',' '\n' <<<"$1" | sed 's/^ *//' | grep -Ev '^(\+|https:)' | paste -sd, -; }

# Where GitHub shows them, if this clone is from there.
runbooks_of_origin() {
  if [[ $pipelines == yes ]]; then
    echo "https://github.com/$repository/blob/main/docs/runbooks.md"
  else
    git remote get-url origin 2>/dev/null |
      sed -nE 's#^(https://github\.com/|git@github\.com:)([^/]+/[^/]+)$#https://github.com/\2#; s#(\.git)?$#/blob/main/docs/runbooks.md#; /^https/p'
  fi
}
