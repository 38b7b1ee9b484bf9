# Sourced by setup.sh: what is left to do by hand, in Okta and in 8x8.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

stop_before_deploying() {
  current=''
  printf '\nNothing was deployed. Set in %s what others give you, such as network and existingGroups (docs/network.md, docs/parameters.md).\n' "$folder"
  printf 'Then run scripts/setup.sh %s again, without --write-only.\n' "$environment"
  exit
}

show_okta_values() {
  if is_standby; then
    printf '\nDone. This is a stand-by: leave Okta as it is, with the hook of production. In an outage, and for the drill twice a year:\n'
    echo "  npm run okta -- apply --env $environment   (docs/outage.md#a-stand-by)"
    echo "Its URL is $(output hookUrl)"
    return
  fi
  if [[ $in_okta == yes ]]; then
    printf '\nDone. Okta has the hook. What is left there: docs/set-up-okta.md, from step 4. Then sign in.\n'
    show_hook_secret
    show_more
    return
  fi
  printf '\nDone. In Okta: Workflow, Inline Hooks, Add Inline Hook, Telephony (docs/set-up-okta.md). Paste:\n'
  echo "  URL                    $(output hookUrl)"
  if ! takes_hook_secret; then
    echo "  Authentication         OAuth 2.0 (docs/tokens.md#in-okta)"
  else
    show_authentication
  fi
  echo "Then activate it, preview it, and sign in."
  show_more
}

show_authentication() {
  echo "  Authentication field   $(value_or authorization OKTA_AUTH_HEADER | printable_lines)"
  if [[ $made_hook_secret == no ]]; then
    echo "  Authentication secret  the one that is in the vault. If nobody kept it: scripts/seed-secrets.sh $vault hook-secret"
  else
    show_hook_secret
  fi
}

show_more() {
  echo "To learn later whether codes arrive and are used: docs/set-up-8x8.md#10-receipts, docs/set-up-okta.md#events."
}

# With one address that calls, a stolen key is worth nothing elsewhere.
show_8x8_values() {
  local address
  address=$(output outboundAddress)
  [[ -z $address ]] || echo "In 8x8: put $address on the allow list (docs/set-up-8x8.md#4-allow-list-of-addresses)."
}

# However setup ends: once it is in the vault, nobody can read it there.
show_hook_secret() {
  [[ $made_hook_secret != yes ]] || echo "  Authentication secret  $hook_secret  (shown this once: keep it now)" >/dev/tty
  [[ $made_hook_secret != yes ]] || made_hook_secret=shown
}
