# Sourced by scripts. Prints a hash of the templates and one parameter file. Each deployment returns
# its hash, and setup.sh deploys again only if the hash has changed.
# shellcheck disable=SC2154 # product.bash sets `product`
inputs_of() {
  {
    (cd "$product." && find infra -path infra/environments -prune -o -type f -print | LC_ALL=C sort |
      tr '\n' '\0' | xargs -0 openssl dgst -sha256 -r)
    openssl dgst -sha256 -r "$1"
  } | openssl dgst -sha256 -r | cut -c 1-64
}
