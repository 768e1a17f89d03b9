import {
  completedSettings,
  knownValues,
  namesOf,
  SET_LISTS,
  valuedOptions,
  type CompletedCommand,
  type Offer,
} from './completed.ts';

/** A script that completes command lines in zsh: to be kept as `_tributary` in a folder of $fpath, or to be sourced. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const { first, families } = namesOf(commands);
  const described = (list: readonly { readonly word: string; readonly says: string }[]): string =>
    list.map(({ word, says }) => quoted(`${word}:${says}`)).join(' ');
  return `#compdef tributary
# Completes tributary in zsh. Made by "tributary completion zsh".

# Offers words, and what is in sources.json or on the disk.
_tributary_offer() {
  local kind at
  local -a list ids
  [[ -n $1 ]] && compadd -- \${=1}
  for kind in \${=2}; do
    case $kind in
      files) _files ;;
      folders) _files -/ ;;
      *)
        at=\${words[(i)--sources]}
        (( at < CURRENT - 1 )) && list=(--sources "\${(Q)words[at + 1]}")
        ids=(\${(f)"$(\${(Q)words[1]} complete $kind $list 2>/dev/null)"})
        compadd -- $ids
        ;;
    esac
  done
}

# Offers what a setting may be.
_tributary_values() {
  case "$1 \${2%[+-]}" in
${knownValues()
  .map(({ list, key, value }) => `    '${list} ${key}') ${offer(value)} ;;`)
  .join('\n')}
  esac
}

_tributary() {
  local at=2 command=$words[2] before=$words[CURRENT-1] offered='' kinds='' list='' key=''
  local -a names options settings
  if [[ $command == help && $PREFIX != -* ]] && (( CURRENT > 2 )); then
    at=3 command=$words[3]
  fi
  if (( CURRENT == at )); then
    names=(${described(first)})
    _describe command names
    return
  fi
  case $command in
${[...families].map(([word, family]) => `    ${word}) names=(${described(family)}) ;;`).join('\n')}
  esac
  if (( $#names )); then
    if (( CURRENT == at + 1 )); then
      _describe command names
      return
    fi
    command="$command $words[at+1]"
  fi
  (( at == 2 )) || return
  if [[ $PREFIX == --*=* ]]; then
    before=\${PREFIX%%=*}
    compset -P 1 '*='
  fi
  case "$command $before" in
${valuedOptions(commands)
  .map(({ flag, of, value }) => `    ${of === null ? `*' ${flag}'` : `'${of} ${flag}'`}) ${offer(value)} return ;;`)
  .join('\n')}
  esac
  case $command in
${commands.map(commandCase).join('\n')}
  esac
  case $list in
${SET_LISTS.map(
  (list) =>
    `    ${list}) settings=(${completedSettings(list)
      .flatMap(({ written }) => written)
      .join(' ')}) ;;`,
).join('\n')}
  esac
  if [[ -n $list && $PREFIX == [^-]*=* ]]; then
    key=\${PREFIX%%=*}
    compset -P 1 '*='
    _tributary_values $list $key
  elif [[ $PREFIX == -* || -z $offered$kinds$list ]]; then
    _describe -o option options
  else
    _tributary_offer "$offered" "$kinds"
    (( $#settings )) && compadd -S '' -- $settings
  fi
}

if [[ $funcstack[1] == _tributary ]]; then
  _tributary "$@"
else
  compdef _tributary tributary
fi
`;
}

function offer({ words, kinds }: Offer): string {
  return words.length + kinds.length === 0 ? '' : `_tributary_offer '${words.join(' ')}' '${kinds.join(' ')}';`;
}

function commandCase({ name, options, operands, sets }: CompletedCommand): string {
  const listed = options.map(({ flag, says }) => quoted(`${flag}:${says}`)).join(' ');
  const parts = [
    `options=(${listed})`,
    ...(operands.words.length > 0 ? [`offered='${operands.words.join(' ')}'`] : []),
    ...(operands.kinds.length > 0 ? [`kinds='${operands.kinds.join(' ')}'`] : []),
    ...(sets === null ? [] : [`list=${sets}`]),
  ];
  return `    '${name}') ${parts.join(' ')} ;;`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
