# Sourced by every script. With --help, the script prints the comment at its top. On wrong usage,
# the script prints the line that begins with "Usage:", and exits with 64.

source "${BASH_SOURCE[0]%/*}/product.bash"

print_help() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
}

# The message must not contain a typed argument, because that could be a secret.
wrong_usage() {
  { echo "$1" && print_help | grep '^Usage:'; } >&2
  exit 64
}

at_most() {
  (($# - 1 <= $1)) || wrong_usage "Too many arguments."
}

require() {
  local name
  for name; do
    [[ -n ${!name-} ]] || wrong_usage "$name is missing."
  done
}

# Succeeds if a secret may be sent to the URL. Refuses a user name, because the host of
# http://127.0.0.1:x@example.com is example.com. The allowed paths are safe in JSON and in a
# terminal.
is_safe_url() {
  local form='^(https://[A-Za-z0-9.-]+(:[0-9]+)?|http://127\.0\.0\.1:[0-9]+)(/[^[:space:][:cntrl:]"\\]*)?$'
  [[ $1 =~ $form ]]
}

for argument; do
  case $argument in
    -h | --help) print_help && exit ;;
    -*) wrong_usage "Unknown option." ;;
  esac
done
