# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

show_okta_values() {
  if is_standby; then
    printf '\nDone. This is a stand-by, so leave the hook of production in Okta. In an outage, and for the drill twice a year, run:\n'
    echo "  $(command_line okta apply --env "$environment")   (docs/outage.md#a-stand-by)"
    echo "The stand-by's URL is $(output hookUrl)"
    return
  fi
  if [[ $in_okta == yes ]]; then
    if [[ -n $switch ]]; then
      printf '\nDone. Another hook is active in Okta, and setup left it alone (docs/set-up-okta.md#from-another-provider).\n'
    else
      printf '\nDone. Okta has the hook. Continue with docs/set-up-okta.md, step 3. Then sign in.\n'
    fi
    show_hook_secret
    show_more
    return
  fi
  printf '\nDone. In Okta, open Workflow, Inline Hooks, Add Inline Hook, Telephony (docs/set-up-okta.md). Paste:\n'
  echo "  URL                    $(output hookUrl)"
  if ! takes_hook_secret; then
    echo "  Authentication         OAuth 2.0 (docs/tokens.md#in-okta)"
  else
    show_authentication
  fi
  echo "If another provider sends your codes today, first read docs/set-up-okta.md#from-another-provider."
  echo "Then activate the hook, preview it, and sign in."
  show_more
}

show_authentication() {
  echo "  Authentication field   $(value_or authorization OKTA_AUTH_HEADER | printable_lines)"
  if [[ $made_hook_secret == no ]]; then
    echo "  Authentication secret  the hook secret in the vault. If you do not have it, store a new one: $(command_line seed-secrets "$vault" hook-secret)"
  else
    show_hook_secret
  fi
}

show_more() {
  echo "To see whether codes arrive and are used, set up receipts and events: docs/set-up-8x8.md#10-receipts, docs/set-up-okta.md#events."
}

# If 8x8 accepts only this address, a stolen key cannot be used elsewhere.
show_8x8_values() {
  local address
  address=$(output outboundAddress)
  [[ -z $address ]] || echo "In 8x8, add $address to the allow list (docs/set-up-8x8.md#4-allow-list-of-addresses)."
}

# Setup prints a new secret even if setup fails, because the person cannot read the secret in the
# vault later.
show_hook_secret() {
  [[ $made_hook_secret != yes ]] || echo "  Authentication secret  $hook_secret  (save it now, because it is shown only once)" >/dev/tty
  [[ $made_hook_secret != yes ]] || made_hook_secret=shown
}
