# Sourced by setup.sh: Okta's side, by npm run okta (docs/okta-as-code.md). Without an org in the answers it is left to do by hand.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

okta_org='' okta_client='' okta_key='' in_okta=no
# An administrator's, with all of their rights. No other program gets it: npm ci runs what packages bring.
okta_token=${OKTA_API_TOKEN-}
unset OKTA_API_TOKEN

ask_about_okta() {
  [[ -e $okta_state ]] || return 0
  ask okta_org "Okta org (optional; empty: you set Okta up by hand)" "$(okta_value_of org)" \
    '(https://[a-z0-9.-]+|http://127[.]0[.]0[.]1:[0-9]+)?' "an address such as https://acme.okta.com, or empty"
  [[ -n $okta_org ]] || return 0
  ask okta_client "Client id of the service app there (docs/okta-as-code.md#sign-in)" "$(okta_value_of clientId)" \
    '[A-Za-z0-9_-]+' "an id such as 0oa1gjh63g214q0Hq0g4"
  # For a first try: an administrator's token.
  [[ -z $okta_token ]] || return 0
  while true; do
    ask okta_key "File with that app's private key" "${OKTA_PRIVATE_KEY_FILE-}" '.+' "a file's path"
    [[ ! -r $okta_key ]] || break
    echo "That file cannot be read."
  done
}

# The first string of that name; nothing for an example.
okta_value_of() {
  sed -nE "s/^.*\"$1\": \"([^\"]*)\".*\$/\1/p" "$okta_state" | head -n 1 | { grep -Eiv "$example" || true; }
}

write_okta_state() {
  [[ -n $okta_org ]] || return 0
  begin "Okta's state" "See that $okta_state has the form that the repository came with."
  local url header voice=true before
  url=$(output hookUrl)
  header=$(value_or authorization OKTA_AUTH_HEADER)
  [[ -n $voice_subaccount ]] || voice=false
  before=$(cat "$okta_state")
  sed -E -e "s|^(  \"org\": )\"[^\"]*\"|\1\"$okta_org\"|" -e "s|^(  \"clientId\": )\"[^\"]*\"|\1\"$okta_client\"|" \
    -e "/\"hook\"/,/\}/s|(\"url\": )\"[^\"]*\"|\1\"$url\"|" -e "/\"hook\"/,/\}/s|(\"header\": )\"[^\"]*\"|\1\"$header\"|" \
    -e "/\"phone\"/s|(\"voice\": )[a-z]+|\1$voice|" "$okta_state" | replace "$okta_state"
  if [[ $before == "$(cat "$okta_state")" ]]; then
    done_before "$okta_state says so already."
  else
    echo "Wrote $okta_state."
  fi
}

okta() {
  local command=$1
  shift
  OKTA_API_TOKEN=$okta_token OKTA_PRIVATE_KEY_FILE=$okta_key npm run --silent okta -- "$command" --env "$environment" "$@"
}

# Last of all: nothing else waits for an org that is not ready. A stand-by's turn comes in an outage.
set_up_okta() {
  [[ -n $okta_org ]] && ! is_standby || return 0
  local status=0 reply=''
  begin "Okta" "Where another hook is in the way: npm run okta -- apply --env $environment --take-over <id>."
  okta plan || status=$?
  case $status in
    0) echo "Done before: Okta is as $okta_state says." ;;
    2)
      printf 'Do that in Okta? [y/N] '
      IFS= read -r reply || reply=''
      [[ $reply =~ ^[Yy] ]] || return 0
      # By standard input, as to the vault. Where this run has not made it, it is asked for.
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
