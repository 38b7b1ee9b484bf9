#!/usr/bin/env bash
# Webhooks of 8x8 for receipts, of SMS and of calls: sets both, shows them, or removes them. A sub-account has one, so this
# takes the place of what was there: let the sub-accounts be for codes only. Key and receipt secret come from the vault and go to
# 8x8; they are on no command line, in no log and in no file.
#
# Usage: scripts/receipts.sh <action> <vault>
#   set      both webhooks to RECEIPTS_URL, with the newest receipt secret; again after a rotation
#   show     what 8x8 has; it masks the secret
#   remove   both webhooks
# EIGHT_BY_EIGHT_ACCOUNT is the account's id at 8x8, a GUID; RECEIPTS_URL ends in /api/8x8/receipts. The settings that name
# the sub-accounts, the hosts and the secrets are read as the app reads them; without a voice sub-account, calls are left out.
set +x
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 2 "$@"

action=${1-} vault=${2-}
require action vault
[[ $action == @(set|show|remove) ]] || wrong_usage "The action is set, show or remove."
require EIGHT_BY_EIGHT_ACCOUNT EIGHT_BY_EIGHT_SMS_SUBACCOUNT
sms_subaccount=$EIGHT_BY_EIGHT_SMS_SUBACCOUNT voice_subaccount=${EIGHT_BY_EIGHT_VOICE_SUBACCOUNT-}
sms=${EIGHT_BY_EIGHT_SMS_URL:-https://sms.8x8.com}/api/v1/accounts/$EIGHT_BY_EIGHT_ACCOUNT/webhooks
voice=${EIGHT_BY_EIGHT_VOICE_URL:-https://voice.8x8.com}/api/v1/subaccounts/${voice_subaccount//&/%26}/webhooks
for url in "$sms" "$voice" "${RECEIPTS_URL:-https://unset}"; do
  [[ $url == @(https://*|http://127.0.0.1:*) ]] || wrong_usage "Every URL is https: the key and the secret go there."
done
[[ $action != set ]] || require RECEIPTS_URL

newest() {
  retry az keyvault secret show --vault-name "$vault" --name "$1" --query value --output tsv
}

# printf is the shell's own: no process is started that would show what it prints.
ask() {
  curl --silent --show-error --fail-with-body --max-time 20 --request "$1" --header @<(
    printf 'authorization: Bearer %s\ncontent-type: application/json\n' "$key"
  ) "${@:3}" "$2"
}

key=$(newest "${EIGHT_BY_EIGHT_API_KEY_NAME:-eight-by-eight-api-key}")
case $action in
  set)
    secret=$(newest "${RECEIPT_SECRET_NAME:-receipt-secret}")
    if [[ ! $secret =~ ^[[:graph:]]{16,}$ || $secret == *[\"\\]* ]]; then
      echo "The receipt secret is under 16 characters, or has a space, a quote or a backslash. Nothing was changed." >&2
      exit 1
    fi
    printf '[{"subAccountId":"%s","url":"%s","enabled":true,"httpAuthorization":"Bearer %s"}]' \
      "$sms_subaccount" "$RECEIPTS_URL" "$secret" | ask POST "$sms" --data-binary @- --output /dev/null
    echo "8x8 sends the receipts of $sms_subaccount to $RECEIPTS_URL."
    [[ -n $voice_subaccount ]] || exit 0
    printf '{"type":"VSS","url":"%s","enabled":true,"httpAuthHeader":"Bearer %s"}' "$RECEIPTS_URL" "$secret" |
      ask POST "$voice" --data-binary @- --output /dev/null
    echo "8x8 sends the session summaries of $voice_subaccount there too."
    ;;
  show)
    ask GET "$sms" && echo
    [[ -z $voice_subaccount ]] || { ask GET "$voice" && echo; }
    ;;
  remove)
    printf '[{"subAccountId":"%s"}]' "$sms_subaccount" | ask DELETE "$sms" --data-binary @- --output /dev/null
    echo "8x8 sends no receipts of $sms_subaccount any more."
    [[ -n $voice_subaccount ]] || exit 0
    ask DELETE "$voice/VSS" --output /dev/null
    echo "8x8 sends no session summaries of $voice_subaccount any more."
    ;;
esac
