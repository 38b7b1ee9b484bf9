#!/usr/bin/env bash
# Stores a new version of a secret and disables old ones. The newest one or two versions stay live.
# The script reads the value from the keyboard without echo, or from standard input. It keeps the
# value out of command lines, logs and files that other users can read.
#
# Usage: npx --no okta-8x8-telephony seed-secrets <vault> <kind>
#   hook-secret     two live versions, because the app accepts both until Okta has the new one
#   8x8-key         one live version
#   second-hook-secret
#                   one live version; the other provider's hook has the same secret
#   hash-key        one live version; the script generates the value
#   event-secret    two live versions; Okta sends the secret with its events
#   receipt-secret  two live versions; the command receipts generates the secret, stores it through
#                   this script, and gives it to 8x8
# SECRET_DAYS (default: 180) is how many days the new version is valid. The alert secret-expiry
# fires 30 days before the version expires.
# If requests of the last day used the hook secret that the script would disable, the script changes
# nothing and says how to check that Okta does not send it. After that check, DISABLE_USED=yes
# disables the version.
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
  second-hook-secret) name=second-hook-secret live=1 shortest=8 ;;
  hash-key) name=phone-hash-key live=1 shortest=32 ;;
  event-secret) name=okta-event-secret live=2 shortest=32 ;;
  receipt-secret) name=receipt-secret live=2 shortest=32 ;;
  *) wrong_usage "The kind must be hook-secret, 8x8-key, second-hook-secret, hash-key, event-secret or receipt-secret." ;;
esac
days=${SECRET_DAYS:-180}
expires=$(date -u -d "+$days days" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -v "+${days}d" +%Y-%m-%dT%H:%M:%SZ)

# Prints the id of the app's log. Asks once, because an operator may lack the right to read the log.
log_id() {
  local group component
  group=$(az keyvault show --name "$vault" --query resourceGroup --output tsv) &&
    component=$(az resource list --resource-group "$group" --resource-type Microsoft.Insights/components --query '[0].id' --output tsv) &&
    az resource show --ids "$component" --query properties.AppId --output tsv
}

# Succeeds if the older of two live hook secrets has not been used for a day. Otherwise callers that
# still send it, such as Okta after half a rotation, would get 401. In an event, `secretVersion` 1 is
# the newest version that the instance knows. Each instance reads the vault every 5 minutes, so for
# a while after a rotation, 1 can still be the older version.
older_is_unused() {
  local newer older app query uses='' last='' answer check
  { read -r newer && read -r older; } < <(retry az keyvault secret list-versions --vault-name "$vault" --name "$name" \
    --query 'reverse(sort_by([?attributes.enabled], &attributes.created))[:2].attributes.created' --output tsv) || return 0
  query="customEvents
    | where name == 'otp-delivery' and timestamp > ago(1d) and isnotempty(customDimensions.secretVersion)
    | extend Newer = todatetime('$newer'), Version = toint(customDimensions.secretVersion)
    | extend IsOlder = (Version == 1 and timestamp < Newer + 6m) or (Version == 2 and timestamp >= Newer)
    | summarize All = count(), Uses = countif(IsOlder), Last = max(iff(IsOlder, timestamp, todatetime('')))
    | where All > 0 | project Uses, Last"
  if app=$(log_id 2>/dev/null); then
    # https://learn.microsoft.com/rest/api/application-insights/query/get
    IFS=$'\t' read -r uses last < <(az rest --method get --resource https://api.applicationinsights.io \
      --url "https://api.applicationinsights.io/v1/apps/$app/query" --url-parameters "query=$query" \
      --query 'tables[0].rows' --output tsv 2>/dev/null) || true
  fi
  check="Six minutes after $newer or later, preview the hook in Okta. If secretVersion is 2 in its answer,
Okta sends the version that this run disables: follow docs/operate.md#the-hook-secret-by-hand, and do not disable it here.
If secretVersion is 1, Okta sends the newest version. If the answer is 401, compare the hook's authentication
field with OKTA_AUTH_HEADER (authorization if unset). If they are the same, Okta sends neither version."
  case $uses in
    0) return ;;
    [1-9]*) echo "Nothing was changed. This run would disable the version of $name from $older, which callers used on $last.
$check
After 1 or 401, run the script again with DISABLE_USED=yes." >&2 ;;
    *)
      answer="The log does not show whether callers still use the version of $name from $older, which this run disables.
$check"
      if [[ -t 0 ]]; then
        read -rp "$answer
After 1 or 401, type yes: " answer
        [[ $answer != yes ]] || return 0
        echo "Nothing was changed." >&2
      else
        echo "Nothing was changed. $answer
After 1 or 401, run the script again with DISABLE_USED=yes." >&2
      fi
      ;;
  esac
  return 1
}

[[ $kind != hook-secret || ${DISABLE_USED-} == yes ]] || older_is_unused || exit 1

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

# A secret must be visible ASCII, because it is sent in an HTTP header. A hook's secret may contain
# spaces, because it can begin with a scheme such as Bearer.
case $kind in
  *hook-secret) good='^[[:graph:]]+( [[:graph:]]+)*$' rule='no space at either end' ;;
  *) good='^[[:graph:]]+$' rule='no spaces' ;;
esac
if [[ ! $value =~ $good || ${#value} -lt $shortest ]]; then
  echo "Nothing was changed, because $name must have at least $shortest ASCII characters and $rule. Run the script again with another value." >&2
  exit 1
fi
# printf is a shell builtin, so no process list shows its arguments.
printf %s "$value" >"$file"
unset value

# If Azure may have stored the secret, the script does not try again. A second copy of the new hook
# secret would disable the secret that Okta still sends.
retry_refused az keyvault secret set --vault-name "$vault" --name "$name" --file "$file" --encoding utf-8 \
  --expires "$expires" --content-type text/plain --output none
rm -f "$file"
echo "$name has a new version, which expires on ${expires%T*}."

retry az keyvault secret list-versions --vault-name "$vault" --name "$name" \
  --query 'reverse(sort_by([?attributes.enabled], &attributes.created))[].id' --output tsv |
  tail -n "+$((live + 1))" |
  while IFS= read -r version; do
    retry az keyvault secret set-attributes --id "$version" --enabled false --output none </dev/null
    echo "Disabled the old version ${version##*/}."
  done
