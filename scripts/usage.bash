# Sourced by every script: --help prints the comment at the script's head; wrong usage ends with its usage line and 64.

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

for argument; do
  case $argument in
    -h | --help) print_help && exit ;;
    -*) wrong_usage "There is no such option." ;;
  esac
done
