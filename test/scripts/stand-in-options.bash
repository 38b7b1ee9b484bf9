# Sourced by the stand-in for az: takes a command line apart, and refuses what its command does not have.
declare -A given=()
words=''
option=''
for argument; do
  case $argument in
    --*)
      option=$argument
      [[ ! -v given[$option] ]] || refuse "$option twice: $*"
      given[$option]=''
      ;;
    *) [[ -n $option ]] && given[$option]+=${given[$option]:+ }$argument || words+=${words:+ }$argument ;;
  esac
done

# What has to be there, as an option alone or with the one value that is right, then what may be, with --query and --output.
needs() {
  local wanted option value=''
  for wanted; do
    option=${wanted%%=*}
    [[ -v given[$option] ]] || refuse "$words without $option"
    [[ $wanted != *=* || ${given[$option]} == "${wanted#*=}" ]] || refuse "$words with $option ${given[$option]}"
  done
  for option in "${!given[@]}"; do
    case " --query --output ${*%%=*} ${may-} " in *" $option "*) ;; *) refuse "$words with $option" ;; esac
    value=${given[$option]}
    [[ -n $value || $option == --wait || $option == --include-* || $option == --description ]] || refuse "$words with nothing for $option"
  done
  case ${given[--output]-none} in tsv | none | yamlc) ;; *) refuse "--output ${given[--output]}" ;; esac
  [[ ! -v given[--query] || ${given[--output]} != none ]] || refuse "$words, whose answer nobody sees"
}
