# Sourced by setup.sh: Okta's side, by npm run okta (docs/okta-as-code.md). Without an org in the
# answers it is left to do by hand.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

okta_org='' okta_client='' okta_key='' in_okta=no
# An administrator's, with all of their rights. No other program gets it: npm ci runs what packages
# bring.
okta_token=${OKTA_API_TOKEN-}
unset OKTA_API_TOKEN

ask_about_okta() {
  ask okta_org "Okta org (optional; empty: you set Okta up by hand)" "$(offer_of_okta org)" looks_like \
    '(https://[a-z0-9.-]+|http://127[.]0[.]0[.]1:[0-9]+)?' "an address such as https://acme.okta.com, or empty"
  [[ -n $okta_org ]] || return 0
  ask okta_client "Client id of the service app there (docs/okta-as-code.md#sign-in)" "$(offer_of_okta clientId)" \
    looks_like '[A-Za-z0-9_-]+' "an id such as 0oa1gjh63g214q0Hq0g4"
  # A stand-by changes nothing there; for a first try there may be an administrator's token.
  is_standby || [[ -n $okta_token ]] || ask okta_key "File with that app's private key" "${OKTA_PRIVATE_KEY_FILE-}" is_readable
}

# A stand-by is for the same org. What is offered is printed, so it is an address or an id and no
# more.
offer_of_okta() {
  local value=''
  ! is_standby || value=$(json_value "${production%/*}/okta.json" "$1")
  echo "${value:-$(json_value "$okta_state" "$1")}" | { grep -Ex '[A-Za-z0-9:/._-]+' || true; }
}

write_okta_state() {
  [[ -n $okta_org ]] || return 0
  begin "Okta's state" "Correct the value that is named above: $main has the header, and Azure's deployment the URL."
  local url header voice=true before
  # Without an org there is no such file: an example's URL is not this app's.
  [[ -f $folder/okta.json ]] || cp "$okta_state" "$folder"
  okta_state=$folder/okta.json
  url=$(output hookUrl)
  header=$(value_or authorization OKTA_AUTH_HEADER)
  [[ -n $voice_subaccount ]] || voice=false
  before=$(cat "$okta_state")
  # Judges each value by okta.json's own schema.
  node scripts/run.js tools/okta/write-wanted-state.ts "$okta_state" "$okta_org" "$okta_client" "$url" "$header" "$voice"
  if [[ $before == "$(cat "$okta_state")" ]]; then
    done_before "$okta_state says so already."
  else
    echo "Wrote $okta_state."
  fi
}

okta() {
  local command=$1
  shift
  # The person who runs setup was shown the org and kept or typed it.
  OKTA_ORG_URL=$okta_org OKTA_API_TOKEN=$okta_token OKTA_PRIVATE_KEY_FILE=$okta_key npm run --silent okta -- "$command" --env "$environment" "$@"
}

# Last of all: nothing else waits for an org that is not ready. A stand-by's turn comes in an
# outage.
set_up_okta() {
  [[ -n $okta_org ]] && ! is_standby || return 0
  local status=0 plan
  begin "Okta" "Where another hook is in the way: npm run okta -- apply --env $environment --take-over <id>."
  plan=$(okta plan) || status=$?
  printf '%s\n' "$plan"
  case $status in
    0) echo "Done before: Okta is as $okta_state says." ;;
    2)
      says_yes 'Do that in Okta?' || return 0
      [[ -n $hook_secret || $plan != *" telephony hook"* ]] || ! takes_hook_secret ||
        ask_hook_secret "Hook secret that is in the vault" "$(output hookUrl)"
      # By standard input, as to the vault.
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
