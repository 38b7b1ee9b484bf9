# Sourced by setup.sh: what it is about to do, before it changes anything.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

show_plan() {
  printf '\nSubscription   %s, %s\n' "$subscription_name" "$region"
  [[ $pipelines == no ]] || printf 'Repository     %s, whose runs name themselves by %s\n' "$repository" "$subject"
  printf '8x8            %s, SMS as %s from %s, calls as %s\n' \
    "$sms_url" "$sms_subaccount" "${sms_sender:-a sender of its choice}" "${voice_subaccount:-nobody (off)}"
  printf 'Countries      %s\n' "$country_names"
  printf 'Mail           %s; what can wait: %s\n' "$page_emails" "$ticket_emails"
  [[ -z $reviewers ]] || printf 'Approval       %s\n' "$reviewers"
  printf '\nSetup will, where it is not done yet:\n'
  printf -- '- %s\n' \
    "write the values into $folder" \
    "make resource groups, identities and their roles (scripts/bootstrap.sh)"
  [[ $pipelines == no ]] ||
    printf -- '- %s\n' "make the environments $environment and preview-$environment of $repository, with rules and variables"
  printf -- '- %s\n' \
    "deploy the infrastructure, which costs money from then on (docs/cost.md)" \
    "give you a role in the vault, put the secrets there, take the role back" \
    "deploy the code and test it"
  [[ $pipelines == no ]] ||
    printf -- '- %s\n' "commit the folder and push this branch to $repository, whose pipeline then deploys $environment"
  [[ -z $okta_org ]] || is_standby ||
    printf -- '- %s\n' "write $folder/okta.json; at the end show what differs in $okta_org, and change it if you say so"
  ! is_closed || printf 'The vault will be closed to the internet. %s\n' "Unless this machine is in its network, setup stops there and says how to go on."
  printf 'It takes about 15 minutes, most of them for Azure.\n'
}

ask_to_go_on() {
  local reply
  printf 'Go on? [y/N] '
  IFS= read -r reply || reply=''
  [[ $reply =~ ^[Yy] ]] || stop "Nothing was changed."
}
