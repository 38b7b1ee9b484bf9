# Sets up Okta with the command okta: docs/okta-as-code.md.
# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

okta_org='' okta_client='' okta_key='' in_okta=no other_hook=no
# OKTA_API_TOKEN has all rights of an administrator. Child processes do not get this token, because
# `npm ci` runs code of packages.
okta_token=${OKTA_API_TOKEN-}
unset OKTA_API_TOKEN

ask_about_okta() {
  ask okta_org "Okta org (optional; leave it empty to set up Okta by hand)" "$(offer_of_okta org)" is_org
  [[ -n $okta_org ]] || return 0
  ask okta_client "Client id of the service app in Okta (docs/okta-as-code.md#sign-in)" "$(offer_of_okta clientId)" \
    looks_like '[A-Za-z0-9_-]+' "an id such as 0oa1gjh63g214q0Hq0g4"
  # For a stand-by, setup does not change Okta, so it needs no key. For a first try, an
  # administrator's token can replace the key.
  is_standby || [[ -n $okta_token ]] || ask okta_key "File with the private key of this service app" "${OKTA_PRIVATE_KEY_FILE-}" is_readable
}

# People often paste the Admin Console's address instead of the org's address.
is_org() {
  local console='^(https://[a-z0-9-]+)-admin([.][a-z.-]+)(/.*)?$'
  [[ ! $1 =~ $console ]] || { echo "That is the Admin Console. Type ${BASH_REMATCH[1]}${BASH_REMATCH[2]}" && return 1; }
  looks_like '(https://[a-z0-9.-]+|http://127[.]0[.]0[.]1:[0-9]+)?' "an address such as https://acme.okta.com, or empty" "$1"
}

# Values with other characters are left out, because setup prints the value.
offer_of_okta() {
  local value=''
  ! is_standby || value=$(json_value "${production%/*}/okta.json" "$1")
  echo "${value:-$(json_value "$okta_state" "$1")}" | { grep -Ex '[A-Za-z0-9:/._-]+' || true; }
}

write_okta_state() {
  [[ -n $okta_org ]] || return 0
  begin "Okta's state" "Fix the value named above. The header is in $main, and the URL is an output of the deployment."
  local url header before
  # Without an org, setup does not copy okta.json, because the example's URL is not this app's URL.
  [[ -f $folder/okta.json ]] || cp "$okta_state" "$folder"
  okta_state=$folder/okta.json
  url=$(output hookUrl)
  header=$(value_or authorization OKTA_AUTH_HEADER)
  before=$(cat "$okta_state")
  # This program also checks each value with the schema of okta.json.
  run_command write-okta "$okta_state" "$okta_org" "$okta_client" "$url" "$header"
  if [[ $before == "$(cat "$okta_state")" ]]; then
    done_before "$okta_state is up to date."
  else
    echo "Wrote $okta_state."
  fi
}

okta() {
  local command=$1
  shift
  # This child process may get the token, because the person has confirmed the org and the hosts.
  OKTA_ORG_URL=$okta_org TRUSTED_HOSTS=$trusted_hosts OKTA_API_TOKEN=$okta_token OKTA_PRIVATE_KEY_FILE=$okta_key \
    run_command okta "$command" --env "$environment" "$@"
}

# This step is last, because Okta may not be ready. A stand-by changes Okta only in an outage. Setup
# never replaces another active hook.
set_up_okta() {
  [[ -n $okta_org ]] && ! is_standby || return 0
  local status=0 plan event_secret='' needs
  begin "Okta" "See the error above."
  plan=$(okta plan) || status=$?
  printf '%s\n' "$plan"
  [[ $plan != *"! Another telephony hook is active"* ]] || other_hook=yes
  needs=$(grep '^Needs ' <<<"$plan" || true)
  if [[ $status == 0 ]]; then
    echo "Done before: Okta matches $okta_state."
    okta verify
  elif [[ $status != 2 ]]; then
    return 1
  elif [[ $other_hook == no || -n $needs ]]; then
    says_yes 'Make these changes in Okta?' || return 0
    [[ -n $hook_secret || $needs != *"hook secret"* ]] || ask_hook_secret "Hook secret in the vault" "$(output hookUrl)"
    [[ $needs != *"event secret"* ]] || ask_secret event_secret "Event secret in the vault" 16 true
    status=0
    printf '%s\n' "hook=$hook_secret" "event=$event_secret" | okta apply --yes || status=$?
    # If another hook is active, exit code 2 means that all but the telephony hook was changed.
    [[ $status == 0 || ($status == 2 && $other_hook == yes) ]] || return 1
  fi
  in_okta=yes
}

# Hosts that may get secrets, codes and events. The pipelines read this list from GitHub. A person
# must confirm each host here first, because a branch can name any host in its files.
trusted_hosts=''

trust_hosts() {
  local more target
  look_for_secrets
  # Without pipelines, no program keeps the person's answer.
  [[ $pipelines == yes || -n $okta_org ]] || ! has_every_secret || return 0
  begin "Hosts" "See the error above."
  if [[ $pipelines == yes ]]; then
    trusted_hosts=$(variables_of "preview-$environment" | sed -n 's/^TRUSTED_HOSTS=//p')
  fi
  find_compiler
  more=$(TRUSTED_HOSTS=$trusted_hosts run_command print-grants "$folder" --untrusted "$(output hookUrl)" "$(url_of_production)")
  if [[ -z $more ]]; then
    done_before "every host that gets secrets, codes or events is trusted: ${trusted_hosts:-this machine}."
    return
  fi
  says_yes "Secrets, codes and events go to, or sign-ins to Azure come from: $more. Is this yours?" ||
    stop "Correct the URLs in $okta_state and $main, then run setup again."
  trusted_hosts=${trusted_hosts:+$trusted_hosts,}$more
  [[ $pipelines == yes ]] || return 0
  for target in "$environment" "preview-$environment"; do
    write_variables "$target" TRUSTED_HOSTS "$trusted_hosts"
  done
}
