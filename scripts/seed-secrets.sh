#!/usr/bin/env bash
# Writes a new version of one secret and retires the versions that are one too many. The value comes
# from the keyboard, unseen, or from standard input; it is on no command line, in no log, and in no
# file that another user could read.
#
# Usage: scripts/seed-secrets.sh <vault> <kind>
#   hook-secret     two live versions: the app accepts both until Okta has the new one
#   8x8-key         one live version
#   hash-key        one live version, made here: nobody needs to know it
#   event-secret    two live versions, of what Okta sends with its events
#   receipt-secret  two live versions; scripts/receipts.sh makes it, stores it with this, and gives
#                   it to 8x8
# SECRET_DAYS sets how long the new version lives (180); the alert secret-expiry fires 30 days
# before its end.
set +x
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 2 "$@"
umask 077
export LC_ALL=C

vault=${1-} kind=${2-}
require vault kind
case $kind in
  hook-secret) name=okta-hook-secret live=2 shortest=32 ;;
  8x8-key) name=eight-by-eight-api-key live=1 shortest=16 ;;
  hash-key) name=phone-hash-key live=1 shortest=32 ;;
  event-secret) name=okta-event-secret live=2 shortest=32 ;;
  receipt-secret) name=receipt-secret live=2 shortest=32 ;;
  *) wrong_usage "The kind is hook-secret, 8x8-key, hash-key, event-secret or receipt-secret." ;;
esac
days=${SECRET_DAYS:-180}
expires=$(date -u -d "+$days days" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -v "+${days}d" +%Y-%m-%dT%H:%M:%SZ)

file=$(mktemp "${XDG_RUNTIME_DIR:-${TMPDIR:-/tmp}}/secret.XXXXXX")
trap 'rm -f "$file"' EXIT
trap 'exit 1' HUP INT TERM

if [[ $kind == hash-key ]]; then
  value=$(openssl rand -hex 32)
elif [[ -t 0 ]]; then
  read -rsp "New $name: " value && echo >&2
else
  IFS= read -r value || [[ -n $value ]]
fi

# What Okta sends travels in an HTTP header, and so does 8x8's key: visible ASCII, no space, no line
# break.
if [[ ! $value =~ ^[[:graph:]]+$ || ${#value} -lt $shortest ]]; then
  echo "$name must be $shortest characters or more, without spaces. Nothing was changed." >&2
  exit 1
fi
# printf is the shell's own: no process is started that would show the value.
printf %s "$value" >"$file"
unset value

# Not after an unclear answer: a second copy of the new hook secret would retire the one that Okta
# still sends.
retry_refused az keyvault secret set --vault-name "$vault" --name "$name" --file "$file" --encoding utf-8 \
  --expires "$expires" --content-type text/plain --output none
rm -f "$file"
echo "$name has a new version, which expires on ${expires%T*}."

retry az keyvault secret list-versions --vault-name "$vault" --name "$name" \
  --query 'reverse(sort_by([?attributes.enabled], &attributes.created))[].id' --output tsv |
  tail -n "+$((live + 1))" |
  while IFS= read -r version; do
    retry az keyvault secret set-attributes --id "$version" --enabled false --output none </dev/null
    echo "Retired ${version##*/}."
  done
