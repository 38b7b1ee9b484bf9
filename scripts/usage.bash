# Sourced by every script: --help prints the comment at the script's head; wrong usage ends with its
# usage line and 64.

print_help() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
}

# What was wrong is said, never what was typed: it could be a secret.
wrong_usage() {
  { echo "$1" && print_help | grep '^Usage:'; } >&2
  exit 64
}

at_most() {
  (($# - 1 <= $1)) || wrong_usage "There are too many arguments."
}

# Each of these variables has to have a value.
require() {
  local name
  for name; do
    [[ -n ${!name-} ]] || wrong_usage "$name is missing."
  done
}

# Where a secret may go: scheme, host and port, with no user before them, since the host of
# http://127.0.0.1:x@example.com is example.com. The path may go into JSON and onto a terminal as it
# is.
is_safe_url() {
  local form='^(https://[A-Za-z0-9.-]+(:[0-9]+)?|http://127\.0\.0\.1:[0-9]+)(/[^[:space:][:cntrl:]"\\]*)?$'
  [[ $1 =~ $form ]]
}

for argument; do
  case $argument in
    -h | --help) print_help && exit ;;
    -*) wrong_usage "There is no such option." ;;
  esac
done
