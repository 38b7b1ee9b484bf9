# Setup passes secrets through standard input, never through arguments, files or the environment.
# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

eight_by_eight_key='' hook_secret='' made_hook_secret=no seeded='' vault='' vault_role=''
vault_note='okta-8x8-telephony setup, for one run'

# Azure Resource Manager lists the names of secrets without their values. The caller needs no role
# in the vault and no network access to the vault.
# https://learn.microsoft.com/rest/api/keyvault/keyvault/secrets/list
look_for_secrets() {
  vault=$(output vaultName)
  [[ -n $vault ]] || return 0
  seeded=$(retry az rest --method get --url "$(vault_id)/secrets?api-version=2025-05-01" \
    --query 'value[?properties.attributes.enabled].name' --output tsv) || stop "The list of secrets in $vault cannot be read. See az's error above."
}

vault_id() {
  echo "/subscriptions/$subscription/resourceGroups/$resource_group/providers/Microsoft.KeyVault/vaults/$vault"
}

# An app that accepts only tokens reads no hook secret: docs/tokens.md.
takes_hook_secret() { [[ $(value_of "$main" OKTA_HOOK_AUTH) != token ]]; }

second_hook_url() { value_of "$main" SECOND_HOOK_URL; }

# A secret that the app does not read counts as present.
is_seeded() {
  local name
  [[ $1 != hook-secret ]] || takes_hook_secret || return 0
  [[ $1 != second-hook-secret || -n $(second_hook_url) ]] || return 0
  case $1 in
    hook-secret) name=okta-hook-secret ;;
    8x8-key) name=eight-by-eight-api-key ;;
    second-hook-secret) name=second-hook-secret ;;
    hash-key) name=phone-hash-key ;;
  esac
  grep -qx "$name" <<<"$seeded"
}

has_every_secret() {
  is_seeded hook-secret && is_seeded 8x8-key && is_seeded hash-key && is_seeded second-hook-secret
}

seed_secrets() {
  begin "Secrets" "$(vault_advice)"
  look_for_secrets
  if has_every_secret; then
    done_before "the vault $vault has every secret that the app reads."
    return
  fi
  take_vault_role
  # The generated secret is first. If the vault is closed, setup stops here, before the person types
  # a secret.
  is_seeded hash-key || seed hash-key </dev/null
  is_seeded 8x8-key || seed_8x8_key
  is_seeded hook-secret || seed_hook_secret
  is_seeded second-hook-secret || seed_second_hook_secret
  take_back_vault_role
}

seed_8x8_key() {
  ask_secret eight_by_eight_key "8x8 API key" 16 true
  printf %s "$eight_by_eight_key" | seed 8x8-key
}

seed_second_hook_secret() {
  local second_hook_secret
  ask_secret second_hook_secret "Secret of the second hook" 8 true
  printf %s "$second_hook_secret" | seed second-hook-secret
}

# A stand-by replaces production, so it needs production's secret.
seed_hook_secret() {
  if is_standby; then
    ask_hook_secret "Hook secret that Okta sends now" "$(url_of_production)"
  else
    made_hook_secret=trying hook_secret=$(openssl rand -hex 32)
  fi
  printf %s "$hook_secret" | seed hook-secret
  [[ $made_hook_secret == no ]] || made_hook_secret=yes
}

# For a stand-by, setup tests the hook secret at production's hook.
url_of_production() { ! is_standby || json_value "${production%/*}/okta.json" url; }

# The person has confirmed the URL's host in the step Hosts.
ask_hook_secret() {
  local question=$1 url=$2
  [[ -z $url ]] || is_safe_url "$url" ||
    stop "The hook's URL must begin with https:// and have no user name. Fix url in okta.json, or the deployment's output hookUrl."
  ask_secret hook_secret "$question" 32 is_hook_secret_of "$url"
}

# Calls the hook, if there is a URL. With the right secret, the body {} sends no code.
is_hook_secret_of() {
  local status
  [[ -n $1 ]] || return 0
  status=$(printf '%s: %s\n' "$(value_or authorization OKTA_AUTH_HEADER)" "$2" |
    curl --silent --output /dev/null --write-out '%{http_code}' --max-time 10 --header @- \
      --header 'content-type: application/json' --data '{}' "$1") || true
  [[ $status != 401 ]] || { echo "$1 refuses this hook secret. Type the secret that Okta sends." && return 1; }
}

seed() {
  "$here/seed-secrets.sh" "$vault" "$1"
}

vault_advice() {
  if is_closed; then
    echo "This vault is closed to the internet. Push $folder to a branch other than main, because a push to main deploys it. On a" \
      "machine that reaches the vault (docs/network.md#a-machine-that-reaches-the-vault), check out that branch and run az login."
  else
    echo "See az's error above."
  fi
}

# An owner of the subscription may grant roles, but needs another role to write secrets.
take_vault_role() {
  local has description role="Key Vault Secrets Officer"
  has=$(retry az role assignment list --assignee "$me" --role "$role" --scope "$(vault_id)" \
    --query '[].[id, description]' --output tsv)
  IFS=$'\t' read -r has description <<<"$has"
  # An earlier run could not remove this role, so this run does.
  [[ $description != "$vault_note" ]] || vault_role=$has
  [[ -z $has ]] || return 0
  echo "Setup gives you the role $role in $vault, and removes it at the end."
  vault_role=$(retry az role assignment create --assignee-object-id "$me" --assignee-principal-type User --role "$role" \
    --scope "$(vault_id)" --description "$vault_note" --query id --output tsv)
}

take_back_vault_role() {
  [[ -n $vault_role ]] || return 0
  if retry az role assignment delete --ids "$vault_role"; then
    echo "Setup has removed your role in $vault."
  else
    echo "Setup could not remove your role in $vault. Run az role assignment delete --ids $vault_role" >&2
  fi
  vault_role=''
}
