# Sourced by setup.sh. Shows the plan before anything is changed.
# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

show_plan() {
  printf '\nSubscription   %s, %s\n' "$subscription_name" "$region"
  ! is_small || printf 'Group          %s\n' "$resource_group"
  [[ $pipelines == no ]] || printf 'Repository     %s, subject format: %s\n' "$repository" "$subject"
  printf '8x8            %s, SMS: %s, sender: %s, calls: %s\n' \
    "$sms_url" "$sms_subaccount" "${sms_sender:-chosen by 8x8}" "${voice_subaccount:-off}"
  show_countries
  if has_alerts; then
    printf 'Paged          %s; not urgent: %s\n' "$page_receivers" "$ticket_emails"
  else
    printf 'Alerts         none (alerts in %s/main.bicepparam)\n' "$folder"
  fi
  [[ -z $reviewers ]] || printf 'Approval       %s\n' "$reviewers"
  printf '\nSetup will do what is not done yet:\n'
  list_steps
  [[ $write_only == no ]] || return 0
  ! is_closed || printf 'The vault will be closed to the internet. %s\n' "If this machine is not in its network, setup stops there and prints how to continue."
  printf 'This takes about 15 minutes, mostly in Azure.\n'
}

# Also prints what happens to codes for other countries, which the list does not show.
show_countries() {
  local blocked names='' recorded="outside of"
  blocked=$(blocked_countries)
  [[ -z $blocked ]] || recorded=to
  [[ -z $countries$blocked ]] || names=$(name_countries "${blocked:-$countries}")
  if [[ -z $names || $(policy) == record ]]; then
    printf 'Countries      all are served\n'
    [[ -z $names ]] || printf 'Elsewhere      a code for a number %s %s is sent and recorded (PHONE_POLICY_MODE)\n' "$recorded" "$names"
  else
    printf 'Countries      %s%s\n' "${blocked:+all but }" "$names"
    case $(value_of "$main" REFUSED_ANSWER) in
      suppress) printf 'Elsewhere      no code; Okta gets the answer SUCCESSFUL (REFUSED_ANSWER)\n' ;;
      *) printf "Elsewhere      no code; Okta gets the answer FAILED, and sends one if your org has Okta's own provider (REFUSED_ANSWER)\n" ;;
    esac
  fi
}

# Prints an invalid code unchanged, because the check reports it later.
name_countries() {
  node -e '
    const names = new Intl.DisplayNames("en", { type: "region" });
    const name = (code) => (/^[A-Z]{2}$/.test(code) ? names.of(code) : code);
    console.log(process.argv[1].split(",").map((code) => name(code.trim().toUpperCase())).join(", "));
  ' "$1"
}

list_steps() {
  local steps=("write the values into $folder, and check them")
  if [[ $write_only == yes ]]; then
    printf -- '- %s\n' "${steps[@]}"
    return
  fi
  if is_small; then
    steps+=("create the resource group $resource_group, if it does not exist")
  else
    steps+=("create resource groups, identities and their roles (scripts/bootstrap.sh)")
  fi
  [[ $pipelines == no ]] ||
    steps+=("create the environments $environment and preview-$environment in $repository, with rules and variables")
  steps+=("deploy the infrastructure, which then costs up to \$$(monthly) a month with the example's values (docs/is-this-for-you.md)"
    "give you a role in the vault, ask for missing secrets, store them, and remove the role"
    "deploy the code and test it")
  [[ $pipelines == no ]] || steps+=("commit the folder and push this branch to $repository, whose pipeline then deploys $environment")
  [[ -z $okta_org ]] || is_standby ||
    steps+=("write $folder/okta.json; at the end show the changes in $okta_org, and make them if you agree")
  printf -- '- %s\n' "${steps[@]}"
}

# Prints the price of a month in dollars, without messages, from the last row of the table in
# docs/is-this-for-you.md. A stand-by costs a little less than prod, and a test environment less than small.
monthly() {
  local example=small
  [[ $stage != production && $stage != standby ]] || example=prod
  awk -F '|' -v name="\`$example\`" '
    !column { for (i = 3; i < NF; i++) if (index($i, name)) column = i; next }
    /[*]a month[*]/ { gsub(/[^0-9.]/, "", $column); printf "%.0f\n", $column; exit }
  ' docs/is-this-for-you.md
}
