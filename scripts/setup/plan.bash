# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

show_plan() {
  printf '\nSubscription   %s, %s\n' "$subscription_name" "$region"
  ! is_small || printf 'Group          %s\n' "$resource_group"
  [[ $pipelines == no ]] || printf 'Repository     %s, subject format: %s\n' "$repository" "$subject"
  printf '8x8            %s, SMS: %s, sender: %s, calls: %s\n' \
    "$sms_url" "$sms_subaccount" "${sms_sender:-chosen by 8x8}" "${voice_subaccount:-off}"
  show_countries
  if has_alerts; then
    printf 'Paged          %s; not urgent: %s; runbooks: %s\n' "$page_receivers" "$ticket_emails" "$runbook"
  else
    printf 'Alerts         none (alerts in %s/main.bicepparam)\n' "$folder"
  fi
  is_brief || printf 'Groups         rotate secrets: %s, read logs: %s (%s/bootstrap.bicepparam)\n' \
    "${operators:-none}" "${on_call:-none}" "$folder"
  [[ -z $reviewers ]] || printf 'Approval       %s\n' "$reviewers"
  find_compiler
  printf 'Grants\n%s\n' "$(run_command print-grants "$folder")"
  printf '\nSetup will do what is not done yet:\n'
  list_steps
  ! is_closed || printf 'The vault will be closed to the internet. %s\n' "If this machine is not in its network, setup stops there and prints how to continue."
  printf 'This takes about 15 minutes, mostly in Azure.\n'
}

show_countries() {
  local blocked others="no code"
  blocked=$(blocked_countries)
  [[ $(policy) == enforce ]] || others="codes are sent and recorded"
  if [[ -z $countries$blocked ]]; then
    printf 'Countries      all\n'
  else
    printf 'Countries      %s%s; elsewhere: %s\n' "${blocked:+all but }" "$(name_countries "${blocked:-$countries}")" "$others"
  fi
}

# Intl.DisplayNames throws for text that cannot be a country code.
name_countries() {
  node -e '
    const names = new Intl.DisplayNames("en", { type: "region" });
    const name = (code) => (/^[A-Z]{2}$/.test(code) ? names.of(code) : code);
    console.log(process.argv[1].split(",").map((code) => name(code.trim().toUpperCase())).join(", "));
  ' "$1"
}

list_steps() {
  local steps=()
  if is_small; then
    steps+=("create the resource group $resource_group, if it does not exist")
  else
    steps+=("create resource groups, identities and their roles")
  fi
  [[ $pipelines == no ]] ||
    steps+=("create the environments $environment and preview-$environment in $repository, with rules and variables")
  steps+=("deploy the infrastructure, which then costs money each month (docs/is-this-for-you.md#cost)"
    "give you a role in the vault, ask for missing secrets, store them, and remove the role"
    "deploy the code and test it")
  [[ $pipelines == no ]] || steps+=("commit the folder and push this branch to $repository, whose pipeline then deploys $environment")
  [[ -z $okta_org ]] || is_standby ||
    steps+=("write $folder/okta.json; at the end show the changes in $okta_org, and make them if you agree")
  printf -- '- %s\n' "${steps[@]}"
}
