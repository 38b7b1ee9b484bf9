#!/usr/bin/env bash
# Stand-in for npm, curl, sleep, and commands of tools/command.js. Refuses calls that setup does not make.
source "${0%/*}/stand-in-record.bash"
[[ -z $error ]] || fail "$error"

case "${0##*/} $*" in
  "npm ci") mkdir -p node_modules ;;
  # The real program calls a stand-in for the Okta org.
  "okta "*) exec "$NODE" "$OKTA" "$@" ;;
  "hook --url http"*" --expect unauthenticated") ;;
  "check-environment preflight "*) echo template ;;
  "check-environment print-grants "*)
    shift 3
    for url; do
      url=${url#*//} url=${url%%/*}
      [[ -z $url || ,${TRUSTED_HOSTS-}, == *",$url,"* ]] || hosts+=${hosts:+,}$url
    done
    echo "${hosts-}"
    ;;
  "check-environment "?*) ;;
  "npm run package") echo package >okta-8x8-telephony.zip ;;
  "npm "*) refuse "$*" ;;
  "curl "*" https://func-"*"/api/health" | "sleep "[0-9]*) ;;
  # With this call, setup checks a hook secret.
  "curl --silent --output /dev/null --write-out %{http_code} --max-time 10 --header @- --header content-type: application/json --data {} http"*)
    read -r header value
    name=${*: -1} name=${name#https://func-} name=${name/#http:*/dev}
    secret=$STAND_IN/azure/secrets/kv-${name%%.*}/okta-hook-secret
    [[ $header == authorization: && -e $secret ]] || { printf 000 && exit 7; }
    if [[ $value == "$(<"$secret")" ]]; then printf 400; else printf 401; fi
    ;;
  *) refuse "$*" ;;
esac
