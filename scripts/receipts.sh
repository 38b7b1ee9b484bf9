#!/usr/bin/env bash
# Sets, shows or removes 8x8's webhooks for receipts of SMS and calls. Each sub-account can have
# only one webhook, so `set` replaces the existing webhook. Use sub-accounts that send nothing but
# codes. The script reads 8x8's API key from the keyboard without echo, or from standard input. It
# keeps the key and the receipt secret out of command lines, logs and files that other users can
# read.
#
# Usage: npx --no okta-8x8-telephony receipts <action> [vault]
#   set      sets both webhooks to RECEIPTS_URL with a new receipt secret, and stores the secret in
#            the vault. Use this action also to rotate the secret
#   show     prints 8x8's configuration, with the secret masked
#   remove   removes both webhooks
# EIGHT_BY_EIGHT_ACCOUNT is your account id at 8x8, a GUID. RECEIPTS_URL ends in /api/8x8/receipts.
# The script reads the sub-accounts and 8x8's hosts from the app's settings
# EIGHT_BY_EIGHT_SMS_SUBACCOUNT, EIGHT_BY_EIGHT_SMS_URL, and the same two for VOICE. Without a voice
# sub-account, the script leaves calls out.
set +x
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 2 "$@"

action=${1-} vault=${2-}
require action
[[ $action =~ ^(set|show|remove)$ ]] || wrong_usage "The action must be set, show or remove."
[[ $action != set ]] || require vault RECEIPTS_URL
require EIGHT_BY_EIGHT_ACCOUNT EIGHT_BY_EIGHT_SMS_SUBACCOUNT
sms_subaccount=$EIGHT_BY_EIGHT_SMS_SUBACCOUNT voice_subaccount=${EIGHT_BY_EIGHT_VOICE_SUBACCOUNT-}
sms=${EIGHT_BY_EIGHT_SMS_URL:-https://sms.8x8.com} voice=${EIGHT_BY_EIGHT_VOICE_URL:-https://voice.8x8.com}
sms=${sms%/}/api/v1/accounts/$EIGHT_BY_EIGHT_ACCOUNT/webhooks
voice=${voice%/}/api/v1/subaccounts/${voice_subaccount//&/%26}/webhooks
for url in "$sms" "$voice" "${RECEIPTS_URL:-https://unset}"; do
  is_safe_url "$url" || wrong_usage "Every URL gets the key or the secret, so it must begin with https:// and have no user name."
done

if [[ -t 0 ]]; then
  read -rsp "8x8's API key: " key && echo >&2
else
  IFS= read -r key || [[ -n $key ]]
fi

# printf is a shell builtin, so no process list shows its arguments.
ask() {
  curl --globoff --silent --show-error --fail-with-body --max-time 20 --request "$1" --header @<(
    printf 'authorization: Bearer %s\ncontent-type: application/json\n' "$key"
  ) "${@:3}" "$2"
}

show() {
  ask GET "$sms" | in_one_line
  [[ -z $voice_subaccount ]] || ask GET "$voice" | in_one_line
}

in_one_line() { { tr -d '\n'; echo; } | printable; }

case $action in
  set)
    echo "8x8's configuration before the change:"
    show
    secret=$(openssl rand -hex 32)
    # The vault gets the secret first. For a moment, 8x8 still sends the previous version of the
    # secret, which the app accepts.
    printf %s "$secret" | "$(dirname "$0")/seed-secrets.sh" "$vault" receipt-secret
    printf '[{"subAccountId":"%s","url":"%s","enabled":true,"httpAuthorization":"Bearer %s"}]' \
      "$sms_subaccount" "$RECEIPTS_URL" "$secret" | ask POST "$sms" --data-binary @- --output /dev/null
    echo "8x8 now sends the receipts of $sms_subaccount to $RECEIPTS_URL."
    [[ -n $voice_subaccount ]] || exit 0
    printf '{"type":"VSS","url":"%s","enabled":true,"httpAuthHeader":"Bearer %s"}' "$RECEIPTS_URL" "$secret" |
      ask POST "$voice" --data-binary @- --output /dev/null
    echo "8x8 now sends the session summaries of $voice_subaccount to the same URL."
    ;;
  show) show ;;
  remove)
    printf '[{"subAccountId":"%s"}]' "$sms_subaccount" | ask DELETE "$sms" --data-binary @- --output /dev/null
    echo "8x8 no longer sends receipts of $sms_subaccount."
    [[ -n $voice_subaccount ]] || exit 0
    ask DELETE "$voice/VSS" --output /dev/null
    echo "8x8 no longer sends session summaries of $voice_subaccount."
    ;;
esac
