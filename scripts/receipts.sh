#!/usr/bin/env bash
# Webhooks of 8x8 for receipts, of SMS and of calls: sets both, shows them, or removes them. A
# sub-account has one, so this takes the place of what was there: let the sub-accounts be for codes
# only. 8x8's API key comes from the keyboard, unseen, or from standard input; it and the receipt
# secret are on no command line, in no log, and in no file that another user could read.
#
# Usage: scripts/receipts.sh <action> [vault]
#   set      both webhooks to RECEIPTS_URL, with a receipt secret that is made here and stored in
#            the vault: so a rotation too
#   show     what 8x8 has; it masks the secret
#   remove   both webhooks
# EIGHT_BY_EIGHT_ACCOUNT is the account's id at 8x8, a GUID; RECEIPTS_URL ends in /api/8x8/receipts.
# The settings that name the sub-accounts, 8x8's hosts and the secret are read as the app reads
# them; without a voice sub-account, calls are left out.
set +x
set -euo pipefail
source "$(dirname "$0")/usage.bash"
source "$(dirname "$0")/retry.bash"
at_most 2 "$@"

action=${1-} vault=${2-}
require action
[[ $action == @(set|show|remove) ]] || wrong_usage "The action is set, show or remove."
[[ $action != set ]] || require vault RECEIPTS_URL
require EIGHT_BY_EIGHT_ACCOUNT EIGHT_BY_EIGHT_SMS_SUBACCOUNT
sms_subaccount=$EIGHT_BY_EIGHT_SMS_SUBACCOUNT voice_subaccount=${EIGHT_BY_EIGHT_VOICE_SUBACCOUNT-}
sms=${EIGHT_BY_EIGHT_SMS_URL:-https://sms.8x8.com} voice=${EIGHT_BY_EIGHT_VOICE_URL:-https://voice.8x8.com}
sms=${sms%/}/api/v1/accounts/$EIGHT_BY_EIGHT_ACCOUNT/webhooks
voice=${voice%/}/api/v1/subaccounts/${voice_subaccount//&/%26}/webhooks
for url in "$sms" "$voice" "${RECEIPTS_URL:-https://unset}"; do
  is_safe_url "$url" || wrong_usage "Every URL is https, without a user in it: the key and the secret go there."
done

if [[ -t 0 ]]; then
  read -rsp "8x8's API key: " key && echo >&2
else
  IFS= read -r key || [[ -n $key ]]
fi

# printf is the shell's own: no process is started that would show what it prints.
ask() {
  curl --globoff --silent --show-error --fail-with-body --max-time 20 --request "$1" --header @<(
    printf 'authorization: Bearer %s\ncontent-type: application/json\n' "$key"
  ) "${@:3}" "$2"
}

show() {
  ask GET "$sms" | in_one_line
  [[ -z $voice_subaccount ]] || ask GET "$voice" | in_one_line
}

# JSON has no use for line breaks.
in_one_line() { tr -d '\n' | printable; }

case $action in
  set)
    echo "8x8 had:"
    show
    secret=$(openssl rand -hex 32)
    # First into the vault: it is no trouble that 8x8 sends the version before for a moment longer.
    printf %s "$secret" | "$(dirname "$0")/seed-secrets.sh" "$vault" receipt-secret
    printf '[{"subAccountId":"%s","url":"%s","enabled":true,"httpAuthorization":"Bearer %s"}]' \
      "$sms_subaccount" "$RECEIPTS_URL" "$secret" | ask POST "$sms" --data-binary @- --output /dev/null
    echo "8x8 sends the receipts of $sms_subaccount to $RECEIPTS_URL."
    [[ -n $voice_subaccount ]] || exit 0
    printf '{"type":"VSS","url":"%s","enabled":true,"httpAuthHeader":"Bearer %s"}' "$RECEIPTS_URL" "$secret" |
      ask POST "$voice" --data-binary @- --output /dev/null
    echo "8x8 sends the session summaries of $voice_subaccount there too."
    ;;
  show) show ;;
  remove)
    printf '[{"subAccountId":"%s"}]' "$sms_subaccount" | ask DELETE "$sms" --data-binary @- --output /dev/null
    echo "8x8 sends no receipts of $sms_subaccount any more."
    [[ -n $voice_subaccount ]] || exit 0
    ask DELETE "$voice/VSS" --output /dev/null
    echo "8x8 sends no session summaries of $voice_subaccount any more."
    ;;
esac
