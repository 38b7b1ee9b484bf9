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

# Prints the name of the bootstrap's deployment. Azure refuses a deployment of a name that it had in
# another region (InvalidDeploymentLocation), even after its resource groups are deleted.
bootstrap_deployment() {
  echo "okta-8x8-telephony-bootstrap-${1##*/}-$(location_in "$2" | tr '[:upper:]' '[:lower:]' | tr -d ' ')"
}

location_in() { sed -n "s/^param location = '\(.*\)'$/\1/p" "$1"; }
