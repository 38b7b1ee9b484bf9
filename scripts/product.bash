# Sourced by usage.bash. Where the product's files and a company's values are.

# The clone or the installed package: its path below the current folder, with a slash at its end, or
# nothing in a clone.
product=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)/
[[ $product != "$(pwd -P)"/* ]] || product=${product#"$(pwd -P)"/}

# Succeeds in a clone. The installed package has no lock file and needs no other package.
is_clone() { [[ -f ${product}package-lock.json ]]; }

# Prints what people type to run a command, as tools/command-line.ts does.
command_line() {
  echo "npx --no okta-8x8-telephony $*"
}

# Runs a command of tools/command.js.
run_command() {
  node "${product}tools/command.js" "$@"
}

# Sets `folder` to the folder of an environment's values, as tools/environment-folder.ts does.
find_folder() {
  folder=environments/$1
  if [[ $1 == examples/* ]]; then
    folder=${product}infra/environments/$1
  elif [[ ! -e $folder && -e infra/$folder ]]; then
    folder=infra/$folder
    echo "$folder is the folder of version 2, which the next version does not read. To move it, see CHANGELOG.md#from-a-clone-to-the-package." >&2
  fi
}
