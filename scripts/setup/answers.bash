# Sourced by setup.sh: the questions. What stands in the parameter files is offered, so an earlier run's answers are too.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

guid='[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'
mail='[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+'

# Variable, question, what Enter takes, what an answer looks like, and that in words. A minus empties what may be empty.
ask() {
  local variable=$1 question=$2 offered=$3 pattern=$4 words=$5 reply
  while true; do
    printf '%s%s: ' "$question" "${offered:+ [$offered]}"
    IFS= read -r reply || stop "That question got no answer. Nothing was changed."
    reply=${reply:-$offered}
    [[ $reply != - ]] || reply=''
    [[ ! $reply =~ ^$pattern$ || $reply =~ $example ]] || break
    echo "That has to be $words."
  done
  printf -v "$variable" %s "$reply"
}

# Unseen, and checked as seed-secrets.sh checks it, so that a wrong one is reported now and not after ten minutes.
ask_secret() {
  local variable=$1 question=$2 shortest=$3 reply
  while true; do
    printf '%s (unseen): ' "$question"
    IFS= read -rs reply || stop "That question got no answer. Nothing was changed."
    echo
    [[ ! $reply =~ ^[[:graph:]]+$ || ${#reply} -lt $shortest ]] || break
    echo "That has to be $shortest characters or more, without spaces."
  done
  printf -v "$variable" %s "$reply"
}

ask_everything() {
  printf '\nEnter takes what stands in brackets; a minus (-) leaves empty what may be empty.\n'
  ask_about_azure
  ask_about_8x8
  ask_about_okta
  ask_about_people
  if ! is_seeded 8x8-key; then
    ask_secret eight_by_eight_key "8x8 API key" 16
  fi
  # A standby answers for another environment, so it takes that one's secret.
  if ! is_seeded hook-secret && is_standby; then
    ask_secret hook_secret "Hook secret that Okta sends already" 32
  fi
}

ask_about_azure() {
  ask region "Azure region" "$(value_of "$bootstrap" location)" '[a-z0-9]+' "a region's short name, such as westeurope"
  look_at_region
  ask operators "Entra group that may rotate secrets, object id (optional)" \
    "$(value_of "$bootstrap" vaultOperatorsGroupId)" "($guid)?" "an object id, or empty"
  ask on_call "Entra group that may read telemetry, object id (optional)" \
    "$(value_of "$bootstrap" onCallGroupId)" "($guid)?" "an object id, or empty"
}

ask_about_8x8() {
  ask sms_url "8x8's API for your region (docs/set-up-8x8.md)" "$(offer value_of EIGHT_BY_EIGHT_SMS_URL https://sms.8x8.com)" \
    'https://[a-z0-9.-]+' "an address such as https://sms.8x8.com"
  ask sms_subaccount "8x8 sub-account for SMS" "$(offer value_of EIGHT_BY_EIGHT_SMS_SUBACCOUNT)" \
    '[A-Za-z0-9_-]+' "the sub-account's name"
  sms_sender=''
  has_map EIGHT_BY_EIGHT_SMS_SENDERS ||
    ask sms_sender "Sender of an SMS (optional; empty: 8x8 chooses)" "$(offer value_of EIGHT_BY_EIGHT_SMS_SENDER)" \
      '[A-Za-z0-9 +]{0,16}' "11 letters and digits, a number, or empty"
  echo "Senders by country: EIGHT_BY_EIGHT_SMS_SENDERS in $folder/main.bicepparam, in place of one (docs/set-up-8x8.md#senders-by-country)."
  until [[ -n ${country_names-} ]]; do
    ask countries "Countries that are served" "$(offer value_of PHONE_POLICY_ALLOWED_COUNTRIES)" \
      '[A-Z]{2}(,[A-Z]{2})*' "ISO codes with commas between, such as DE,GB"
    country_names=$(name_countries "$countries") || echo "One of them is no country: Great Britain, for example, is GB."
  done
  ask voice_subaccount "8x8 sub-account for calls (optional; empty: no calls)" \
    "$(offer value_of EIGHT_BY_EIGHT_VOICE_SUBACCOUNT)" '[A-Za-z0-9_-]*' "the sub-account's name, or empty"
  voice_source=''
  [[ -z $voice_subaccount ]] || has_map EIGHT_BY_EIGHT_VOICE_SOURCES || ask voice_source "Number that calls" \
    "$(offer value_of EIGHT_BY_EIGHT_VOICE_SOURCE)" '[0-9]{6,15}' "a number of yours, in digits"
}

# One sender beside a map of them is a setting that is wrong.
has_map() { grep -Eq "^ *$1: " "$main"; }

ask_about_people() {
  ask page_emails "Mail addresses that are woken" "$(offer list_of pageReceivers)" "$mail(,$mail)*" "addresses with commas between"
  ask ticket_emails "Mail addresses for what can wait" "$(offer list_of ticketEmails "$page_emails")" \
    "$mail(,$mail)*" "addresses with commas between"
  if [[ $pipelines == yes ]]; then
    runbook=https://github.com/$repository/blob/main/docs/runbooks.md
  else
    ask runbook "Where your people read docs/runbooks.md" "$(value_of "$main" runbookUrl)" \
      "https://[^ '\$\\]+" "an https address"
  fi
  reviewers=''
  local reviewer='([A-Za-z0-9-]+/)?[A-Za-z0-9_-]+'
  ! has_reviewers || ask reviewers "GitHub users or teams who approve a deployment" "$(reviewers_or_me)" \
    "$reviewer(,$reviewer)*" "users, or teams such as $repository_owner/on-call, with commas between"
}

# Fails where one is not the code of a country. UK is none, though Node knows which is meant.
name_countries() {
  node -e '
    const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
    const codes = process.argv[1].split(",");
    const isCountry = (code) => Intl.getCanonicalLocales("und-" + code)[0] === "und-" + code && names.of(code);
    if (!codes.every(isCountry)) process.exit(1);
    console.log(codes.map((code) => names.of(code)).join(", "));
  ' "$1"
}
