# Sourced by setup.sh: what it is about to do, before it changes anything.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

show_plan() {
  printf '\nSubscription   %s, %s\n' "$subscription_name" "$region"
  ! is_small || printf 'Group          %s\n' "$resource_group"
  [[ $pipelines == no ]] || printf 'Repository     %s, whose runs name themselves by %s\n' "$repository" "$subject"
  printf '8x8            %s, SMS as %s from %s, calls as %s\n' \
    "$sms_url" "$sms_subaccount" "${sms_sender:-a sender of its choice}" "${voice_subaccount:-nobody (off)}"
  show_countries
  if has_alerts; then
    printf 'Paged          %s; what can wait: %s\n' "$page_receivers" "$ticket_emails"
  else
    printf 'Alerts         none: alerts in %s/main.bicepparam\n' "$folder"
  fi
  [[ -z $reviewers ]] || printf 'Approval       %s\n' "$reviewers"
  printf '\nSetup will, where it is not done yet:\n'
  list_steps
  [[ $write_only == no ]] || return 0
  ! is_closed || printf 'The vault will be closed to the internet. %s\n' "Unless this machine is in its network, setup stops there and says how to go on."
  printf 'It takes about 15 minutes, most of them for Azure.\n'
}

# Whether a list of countries keeps anybody out is not seen from the list.
show_countries() {
  local blocked names='' recorded="outside of"
  blocked=$(blocked_countries)
  [[ -z $blocked ]] || recorded=to
  [[ -z $countries$blocked ]] || names=$(name_countries "${blocked:-$countries}")
  if [[ -z $names || $(policy) == record ]]; then
    printf 'Countries      all are served\n'
    [[ -z $names ]] || printf 'Elsewhere      a code %s %s is sent and recorded (PHONE_POLICY_MODE)\n' "$recorded" "$names"
  else
    printf 'Countries      %s%s\n' "${blocked:+all but }" "$names"
    case $(value_of "$main" REFUSED_ANSWER) in
      suppress) printf 'Elsewhere      no code, and Okta is answered as if it had been sent (REFUSED_ANSWER)\n' ;;
      *) printf "Elsewhere      no code of ours; Okta is answered FAILED, and may send one itself (REFUSED_ANSWER)\n" ;;
    esac
  fi
}

# What is no country is printed as it stands: the check names it.
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
    steps+=("make the resource group $resource_group, if there is none")
  else
    steps+=("make resource groups, identities and their roles (scripts/bootstrap.sh)")
  fi
  [[ $pipelines == no ]] ||
    steps+=("make the environments $environment and preview-$environment of $repository, with rules and variables")
  steps+=("deploy the infrastructure, which costs about \$$(monthly) a month from then on, with the example's values (docs/cost.md)"
    "give you a role in the vault, ask for the secrets that it lacks, put them there, take the role back"
    "deploy the code and test it")
  [[ $pipelines == no ]] || steps+=("commit the folder and push this branch to $repository, whose pipeline then deploys $environment")
  [[ -z $okta_org ]] || is_standby ||
    steps+=("write $folder/okta.json; at the end show what differs in $okta_org, and change it if you say so")
  printf -- '- %s\n' "${steps[@]}"
}

# Dollars, about, without messages: the last row of the table in docs/cost.md.
monthly() {
  local example=small
  case $stage in
    test) example=dev ;;
    production) example=prod ;;
    standby) example=dr ;;
  esac
  awk -F '|' -v name="\`$example\`" '
    !column { for (i = 3; i < NF; i++) if (index($i, name)) column = i; next }
    /[*]a month[*]/ { gsub(/[^0-9.]/, "", $column); printf "%.0f\n", $column; exit }
  ' docs/cost.md
}
