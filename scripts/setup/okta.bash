# Sourced by setup.sh. Sets up Okta with npm run okta (docs/okta-as-code.md), or leaves it to you if
# you name no org.
# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

okta_org='' okta_client='' okta_key='' in_okta=no
# This token has all rights of an administrator. Child processes do not get it, because npm ci runs
# code of packages.
okta_token=${OKTA_API_TOKEN-}
unset OKTA_API_TOKEN

ask_about_okta() {
  ask okta_org "Okta org (optional; leave it empty to set up Okta by hand)" "$(offer_of_okta org)" looks_like \
    '(https://[a-z0-9.-]+|http://127[.]0[.]0[.]1:[0-9]+)?' "an address such as https://acme.okta.com, or empty"
  [[ -n $okta_org ]] || return 0
  ask okta_client "Client id of the service app in Okta (docs/okta-as-code.md#sign-in)" "$(offer_of_okta clientId)" \
    looks_like '[A-Za-z0-9_-]+' "an id such as 0oa1gjh63g214q0Hq0g4"
  # A stand-by does not change Okta. For a first try, an administrator's token can replace the key.
  is_standby || [[ -n $okta_token ]] || ask okta_key "File with the private key of this service app" "${OKTA_PRIVATE_KEY_FILE-}" is_readable
}

# Prints the org or client id to offer. A stand-by is offered production's. Other text is not
# offered, because setup prints it.
offer_of_okta() {
  local value=''
  ! is_standby || value=$(json_value "${production%/*}/okta.json" "$1")
  echo "${value:-$(json_value "$okta_state" "$1")}" | { grep -Ex '[A-Za-z0-9:/._-]+' || true; }
}

write_okta_state() {
  [[ -n $okta_org ]] || return 0
  begin "Okta's state" "Fix the value named above. The header is in $main, and the URL is an output of the deployment."
  local url header voice=true before
  # The file is written only if you name an org, because an example's URL is not this app's.
  [[ -f $folder/okta.json ]] || cp "$okta_state" "$folder"
  okta_state=$folder/okta.json
  url=$(output hookUrl)
  header=$(value_or authorization OKTA_AUTH_HEADER)
  [[ -n $voice_subaccount ]] || voice=false
  before=$(cat "$okta_state")
  # Checks each value with the schema of okta.json.
  node scripts/run.js tools/okta/write-wanted-state.ts "$okta_state" "$okta_org" "$okta_client" "$url" "$header" "$voice"
  if [[ $before == "$(cat "$okta_state")" ]]; then
    done_before "$okta_state is up to date."
  else
    echo "Wrote $okta_state."
  fi
}

okta() {
  local command=$1
  shift
  # Here a child process gets the token, because the person has seen the org and confirmed it.
  OKTA_ORG_URL=$okta_org OKTA_API_TOKEN=$okta_token OKTA_PRIVATE_KEY_FILE=$okta_key npm run --silent okta -- "$command" --env "$environment" "$@"
}

# This step is last, because Okta may not be ready. A stand-by changes Okta only in an outage.
set_up_okta() {
  [[ -n $okta_org ]] && ! is_standby || return 0
  local status=0 plan
  begin "Okta" "If another hook is in the way, run npm run okta -- apply --env $environment --take-over <id>."
  plan=$(okta plan) || status=$?
  printf '%s\n' "$plan"
  case $status in
    0) echo "Done before: Okta matches $okta_state." ;;
    2)
      says_yes 'Make these changes in Okta?' || return 0
      [[ -n $hook_secret || $plan != *" telephony hook"* ]] || ! takes_hook_secret ||
        ask_hook_secret "Hook secret in the vault" "$(output hookUrl)"
      # Passes the secret through standard input, to keep it out of arguments.
      if [[ -n $hook_secret ]]; then
        printf '%s\n' "$hook_secret" | okta apply --yes
      else
        okta apply --yes
      fi
      ;;
    *) return 1 ;;
  esac
  okta verify
  in_okta=yes
}
