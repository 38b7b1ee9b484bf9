# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

show_okta_values() {
  if is_standby; then
    printf '\nDone. This is a stand-by, so leave the hook of production in Okta. In an outage, and for the drill twice a year, run:\n'
    echo "  $(command_line okta apply --env "$environment")   (docs/outage.md#a-stand-by)"
    echo "The stand-by's URL is $(output hookUrl)"
    return
  fi
  if [[ $in_okta == yes ]]; then
    if [[ $other_hook == yes ]]; then
      printf '\nDone. Another hook is active in Okta, and setup left it alone.\n'
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

# The next step of docs/set-up-okta.md#from-another-provider. Without step 2, step 3 would move
# everybody at once.
show_way_from_another_provider() {
  printf '\nNext, follow docs/set-up-okta.md#from-another-provider, '
  if [[ -z $(second_hook_url) || -z $(value_of "$main" SECOND_HOOK_FIRST_FOR) ]]; then
    echo "step 2. Write the active hook into hookSettings in $main:"
    printf "  %s: '%s'\n" SECOND_HOOK_URL "its URL" SECOND_HOOK_HEADER "its header" SECOND_HOOK_FIRST_FOR all
    echo "Then run setup again. It asks for the secret of that hook, and its last words are step 3."
    return
  fi
  echo "step 3. To activate this app's hook, run:"
  [[ -z $okta_key ]] || printf '  export OKTA_PRIVATE_KEY_FILE=%q\n' "$(cd "$(dirname "$okta_key")" && pwd)/${okta_key##*/}"
  [[ -n $okta_key ]] || echo "  export OKTA_API_TOKEN=…   (an administrator's token)"
  printf '  export OKTA_ORG_URL=%q TRUSTED_HOSTS=%q\n' "$okta_org" "$trusted_hosts"
  echo "  $(command_line okta activate --env "$environment")"
  ! takes_hook_secret || [[ $made_hook_secret == shown ]] ||
    echo "The command asks for the hook secret, which setup showed only once. If you do not have it, store a new one: $(command_line seed-secrets "$vault" hook-secret)"
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
