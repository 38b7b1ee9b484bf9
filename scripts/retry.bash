# Calls az. If the error is temporary, repeats the call up to five times within five minutes.

source "${BASH_SOURCE[0]%/*}/azure-errors.bash"

# After these errors, Azure has changed nothing. There were too many calls, or parts of Azure do not
# know a new role or identity yet.
refused='TooManyRequests|Too Many Requests|status code:? 4(03|29)|not indicate success: 403'
refused+='|Caller is not authorized|PrincipalNotFound|RoleDefinitionDoesNotExist'
# After these errors, Azure may have made the change or may still be making it.
unclear='Service ?Unavailable|Bad ?Gateway|Gateway ?Time-?out|status code:? 50[234]|DeploymentActive|ongoing deployment|Connection (aborted|reset)'
# These errors mean that Azure is still creating a resource that another resource needs.
# https://github.com/Azure/bicep-ptn-aiml-landing-zone/issues/41, https://github.com/microsoft/aspire/issues/3854
unclear+='|RetryableError|ReferencedResourceNotProvisioned|AnotherOperationInProgress|Could not retrieve the Log Analytics workspace'

# Calls a command that can safely run twice.
retry() {
  call "$refused|$unclear" "$@"
}

# Calls a command that must not run twice. Repeats the call only if Azure has changed nothing.
retry_refused() {
  call "$refused" "$@"
}

call() {
  local passing=$1 pause error status
  shift
  # With ROLES_ARE_NEW=no, setup.sh has checked the roles, so waiting cannot fix a missing role.
  [[ ${ROLES_ARE_NEW-} == no ]] || passing+='|Authorization ?failed'
  for pause in 10 20 40 80 160 none; do
    status=0
    { error=$(attempt "$@" 4>&1 | show) || status=$?; } 3>&1
    ((status != 0)) || return 0
    ! advice_for "$error" >&2 || return "$status"
    grep -Eiq "$passing" <<<"$error" || return "$status"
    [[ $pause != none ]] || break
    echo "This error is often temporary. Trying again in $pause s." >&2
    sleep "$pause"
  done
  echo "The error has lasted for five minutes. If a role is new, wait ten more minutes and run the command again. Otherwise check the" \
    "role or id that the error names, and https://azure.status.microsoft." >&2
  return "$status"
}

# Prints the command's output only if the command succeeds.
attempt() {
  local printed
  printed=$("$@" 2>&4) || return
  [[ -z $printed ]] || printable_lines <<<"$printed" >&3
}

# Prints az's errors twice, to standard error for the person and to standard output for the caller.
show() {
  local line
  printable_lines | while IFS= read -r line; do
    printf '%s\n' "$line" >&2
    printf '%s\n' "$line"
  done
}

# To save time, starts programs only for lines with special characters.
printable_lines() {
  local line LC_ALL=C
  while IFS= read -r line || [[ -n $line ]]; do
    [[ $line != *[!$'\t'\ -~]* && $line != *"##"* && $line != *::* ]] || line=$(printable <<<"$line")
    printf '%s\n' "$line"
  done
}

# UTF-8 of the characters that tools/terminal.ts removes: U+0080 to U+009F, U+061C, U+200E, U+200F,
# U+2028 to U+202E and U+2066 to U+2069. They are written in bash, because macOS's sed does not know
# \x.
beyond_ascii=$'\302[\200-\237]|\330\234|\342\200[\216\217\250-\256]|\342\201[\246-\251]'

# Like tools/terminal.ts, removes characters that a terminal or a pipeline's log obeys as commands.
# Other people can choose names, tags and parts of errors in az's output. A pipeline's agent also
# obeys a command after spaces that are not ASCII.
printable() {
  LC_ALL=C tr -d '\000-\010\013-\037\177' |
    LC_ALL=C sed -E -e ':again' -e "s/$beyond_ascii//g" -e 't again' \
      -e 's/##([[:alnum:]_]*\[)/# #\1/g' -e 's/^([^!-~]*)::/\1: :/'
}
