# Sourced by scripts. Prints a hash of the templates and one parameter file. Each deployment returns
# its hash, and setup.sh deploys again only if the hash has changed.
inputs_of() {
  { find infra -path infra/environments -prune -o -type f -print | LC_ALL=C sort && echo "$1"; } | tr '\n' '\0' |
    xargs -0 openssl dgst -sha256 -r | openssl dgst -sha256 -r | cut -c 1-64
}
