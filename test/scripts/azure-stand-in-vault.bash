# Sourced by the stand-in for az: a key vault, whose secrets have versions, of which some are enabled.
# shellcheck disable=SC2034,SC2154 # the parts of a stand-in set variables for each other

# A vault of a deployment that succeeded, by its name.
find_vault() {
  local folder
  for folder in "$azure"/deployments/*/okta-8x8-telephony; do
    [[ $(<"$folder/state") == Succeeded ]] || continue
    grep -q "^param environmentName = '${1#kv-}'$" "$folder/bicepparam" || continue
    vault=$1 group=${folder%/*} group=${group##*/}
    vault_scope=$subscription/resourceGroups/$group/providers/Microsoft.KeyVault/vaults/$vault
    return
  done
  fail "ERROR: (ResourceNotFound) There is no vault $1." 3
}

# Its data wants a role of its own: https://learn.microsoft.com/azure/key-vault/general/rbac-guide
open_vault() {
  find_vault "${given[--vault-name]}"
  has_role "Key Vault Secrets Officer" "$vault_scope" ||
    fail "ERROR: (Forbidden) Caller is not authorized to perform action on resource. Inner error: ForbiddenByRbac"
}

# Each value is kept in secrets/<vault>/<name>, and in versions/<vault>/<name> one line for each version: is it enabled?
set_secret() {
  open_vault
  # At this moment a copy beside the file would be found, one that is removed later too.
  [[ $(grep -rlF -f "${given[--file]}" "$TMPDIR") == "${given[--file]}" ]] || refuse "$words with the secret in another file too"
  mkdir -p "$azure/secrets/$vault" "$azure/versions/$vault"
  cp "${given[--file]}" "$azure/secrets/$vault/${given[--name]}"
  echo true >>"$azure/versions/$vault/${given[--name]}"
}

list_versions() {
  open_vault
  grep -n true "$azure/versions/$vault/${given[--name]}" | sort -rn |
    sed "s|^\([0-9]*\):.*|https://$vault.vault.azure.net/secrets/${given[--name]}/\1|"
}

disable_version() {
  local path=${given[--id]#https://}
  given[--vault-name]=${path%%.*}
  open_vault
  path=${path#*/secrets/}
  sed -i "${path#*/}s/true/false/" "$azure/versions/$vault/${path%/*}"
}

# https://learn.microsoft.com/rest/api/keyvault/keyvault/secrets/list: names and attributes of the newest versions, for whoever may
# read the vault in Azure Resource Manager.
list_secrets() {
  local url=${given[--url]} file
  url=${url%/secrets?api-version=2025-05-01}
  find_vault "${url##*/}"
  [[ $url == "$vault_scope" ]] || fail "ERROR: Not Found(ResourceNotFound)" 3
  for file in "$azure/versions/$vault"/*; do
    [[ ! -e $file || $(tail -n 1 "$file") != true ]] || echo "${file##*/}"
  done
}
