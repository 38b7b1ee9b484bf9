# shellcheck disable=SC2034,SC2154 # setup.sh sources all parts, which share variables

mail="[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"

# Arguments: the variable to set, the question, the value that Enter keeps, and a command that
# checks the answer. If the answer is invalid, the command prints what is wrong and fails. A minus
# (-) as the answer means an empty value.
ask() {
  local variable=$1 question=$2 offered=$3 shown reply
  shift 3
  # The offered value comes from a file, Azure or GitHub, and may contain control characters.
  shown=$(printable_lines <<<"$offered")
  while true; do
    printf '%s%s: ' "$question" "${shown:+ [$shown]}"
    IFS= read -r reply || stop "Nothing was changed, because setup got no answer to this question. Run setup again."
    [[ -n $reply || -z $offered ]] || { reply=$offered && break; }
    [[ $reply != - ]] || reply=''
    ! "$@" "$reply" || break
  done
  printf -v "$variable" %s "$reply"
}

# With a wrong setting, the app would answer 503 to every request.
is_setting() {
  ! is_example "$2" || return
  run_command check-setting "$1" "$2"
}

# The person must type a list. An empty list would allow toll fraud in every country, and a default
# list would exclude people.
are_countries() {
  [[ -n $1 ]] || { echo "Type a list of countries, such as BR,PT." && return 1; }
  is_setting PHONE_POLICY_ALLOWED_COUNTRIES "$1"
}

is_example() {
  [[ $1 =~ $example ]] && echo "That is an example value. Type your own."
}

looks_like() {
  ! is_example "$3" || return
  [[ $3 =~ ^$1$ ]] || { echo "Type $2." && return 1; }
}

is_readable() {
  [[ -r $1 ]] || { echo "That file cannot be read. Type the path of another file." && return 1; }
}

are_reviewers() {
  local reviewer='([A-Za-z0-9-]+/)?[A-Za-z0-9_-]+' name
  looks_like "$reviewer(,$reviewer)*" "users or teams such as $repository_owner/on-call, separated by commas" "$1" || return
  for name in ${1//,/ }; do
    reviewer_id "$name" >/dev/null 2>&1 || { echo "GitHub has no user or team $name. Type another name." && return 1; }
  done
}

# Reads a secret without echo, and checks it as seed-secrets.sh does.
ask_secret() {
  local variable=$1 question=$2 shortest=$3 reply good='^[[:graph:]]+$' rule='without spaces'
  shift 3
  [[ $variable != *hook_secret ]] || good='^[[:graph:]]+( [[:graph:]]+)*$' rule='without a space at either end'
  while true; do
    printf '%s (not shown): ' "$question"
    IFS= read -rs reply || stop "Setup got no answer to this question. Run setup again."
    echo
    if [[ ! $reply =~ $good || ${#reply} -lt $shortest ]]; then
      echo "Type at least $shortest characters, $rule."
    else
      ! "$@" "$reply" || break
    fi
  done
  printf -v "$variable" %s "$reply"
}

says_yes() {
  local reply=''
  while true; do
    printf '%s [y/N] ' "$(printable_lines <<<"$1")"
    IFS= read -r reply || return
    case $reply in
      [Yy] | [Yy][Ee][Ss]) return ;;
      '' | [Nn] | [Nn][Oo]) return 1 ;;
    esac
  done
}
