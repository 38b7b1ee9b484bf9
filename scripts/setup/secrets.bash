# Sourced by setup.sh: the app's secrets. Their values travel by standard input, and are in no
# argument, no file of ours and no environment of a child.
# shellcheck disable=SC2034,SC2154 # setup.sh joins the parts, which set variables for each other

eight_by_eight_key='' hook_secret='' made_hook_secret=no seeded='' vault='' vault_role=''
vault_note='scripts/setup.sh, for one run'

# Azure Resource Manager lists the names without their values, and needs no right in the vault and
# no way to it. https://learn.microsoft.com/rest/api/keyvault/keyvault/secrets/list
look_for_secrets() {
  vault=$(output vaultName)
  [[ -n $vault ]] || return 0
  seeded=$(retry az rest --method get --url "$(vault_id)/secrets?api-version=2025-05-01" \
    --query 'value[?properties.attributes.enabled].name' --output tsv) || stop "Azure did not say which secrets $vault has: see what az said above."
}

vault_id() {
  echo "/subscriptions/$subscription/resourceGroups/$resource_group/providers/Microsoft.KeyVault/vaults/$vault"
}

# Where Okta signs in with tokens alone, the app reads none: docs/tokens.md.
takes_hook_secret() { [[ $(value_of "$main" OKTA_HOOK_AUTH) != token ]]; }

# What the app does not read is not missed.
is_seeded() {
  local name
  [[ $1 != hook-secret ]] || takes_hook_secret || return 0
  case $1 in
    hook-secret) name=okta-hook-secret ;;
    8x8-key) name=eight-by-eight-api-key ;;
    hash-key) name=phone-hash-key ;;
  esac
  grep -qx "$name" <<<"$seeded"
}

seed_secrets() {
  begin "Secrets" "$(vault_advice)"
  look_for_secrets
  if is_seeded hook-secret && is_seeded 8x8-key && is_seeded hash-key; then
    done_before "the vault $vault has all that the app reads."
    return
  fi
  take_vault_role
  # First what nobody has to type: where the vault lets nobody in, nothing was typed in vain.
  is_seeded hash-key || seed hash-key </dev/null
  is_seeded 8x8-key || seed_8x8_key
  is_seeded hook-secret || seed_hook_secret
  take_back_vault_role
}

# Asked for once it can be kept, so once for an environment.
seed_8x8_key() {
  ask_secret eight_by_eight_key "8x8 API key" 16 true
  printf %s "$eight_by_eight_key" | seed 8x8-key
}

# A stand-by answers for another environment, so it takes that one's secret.
seed_hook_secret() {
  if is_standby; then
    ask_hook_secret "Hook secret that Okta sends already" "$(json_value "${production%/*}/okta.json" url)"
  else
    made_hook_secret=trying hook_secret=$(openssl rand -hex 32)
  fi
  printf %s "$hook_secret" | seed hook-secret
  [[ $made_hook_secret == no ]] || made_hook_secret=yes
}

# The hook's URL comes from a file or from Azure, and gets the secret: only where it leads to whom
# the operator says.
ask_hook_secret() {
  local question=$1 url=$2 host
  [[ -z $url ]] || is_safe_url "$url" ||
    stop "The hook's URL is no https URL without a user in it (okta.json's url, or Azure's output hookUrl): correct it."
  host=${url#*//} host=${host%%/*}
  [[ -z $url ]] || says_yes "The secret is tried at $host. Is that your hook?" || url=''
  ask_secret hook_secret "$question" 32 is_hook_secret_of "$url"
}

# A hook that cannot be asked believes it. A wrong one is refused before the body is looked at, and
# this body is of no use.
is_hook_secret_of() {
  local status
  [[ -n $1 ]] || return 0
  status=$(printf '%s: %s\n' "$(value_or authorization OKTA_AUTH_HEADER)" "$2" |
    curl --silent --output /dev/null --write-out '%{http_code}' --max-time 10 --header @- \
      --header 'content-type: application/json' --data '{}' "$1") || true
  [[ $status != 401 ]] || { echo "That is not the hook secret: $1 refuses it." && return 1; }
}

seed() {
  scripts/seed-secrets.sh "$vault" "$1"
}

vault_advice() {
  if is_closed; then
    echo "This vault is closed to the internet. Push $folder to a branch other than main, whose pipeline would deploy it, and take a" \
      "machine that reaches the vault (docs/network.md#a-machine-that-reaches-the-vault), with that branch and az login."
  else
    echo "See what az said above."
  fi
}

# An owner of the subscription may give roles, but has none in the vault.
take_vault_role() {
  local has description role="Key Vault Secrets Officer"
  has=$(retry az role assignment list --assignee "$me" --role "$role" --scope "$(vault_id)" \
    --query '[].[id, description]' --output tsv)
  IFS=$'\t' read -r has description <<<"$has"
  # One that an earlier run could not take back is this run's.
  [[ $description != "$vault_note" ]] || vault_role=$has
  [[ -z $has ]] || return 0
  echo "You get the role $role in $vault for this run; it is taken back at the end."
  vault_role=$(retry az role assignment create --assignee-object-id "$me" --assignee-principal-type User --role "$role" \
    --scope "$(vault_id)" --description "$vault_note" --query id --output tsv)
}

take_back_vault_role() {
  [[ -n $vault_role ]] || return 0
  if retry az role assignment delete --ids "$vault_role"; then
    echo "Your role in $vault is taken back."
  else
    echo "Take your role in $vault back yourself: az role assignment delete --ids $vault_role" >&2
  fi
  vault_role=''
}
