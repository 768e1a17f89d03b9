import {
  completedSettings,
  knownValues,
  namesOf,
  SET_LISTS,
  valuedOptions,
  type CompletedCommand,
  type Offer,
  type SetList,
} from './completed.ts';

/** A script that completes command lines in bash, from 3.2 on: what macOS comes with. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const { first, families } = namesOf(commands);
  const words = (list: readonly { readonly word: string }[]): string => list.map(({ word }) => word).join(' ');
  return `# Completes tributary in bash. Made by "tributary completion bash".

_tributary_add() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done
}

# Offers words, and what is in sources.json or on the disk, as far as it goes on from what is typed.
_tributary_offer() {
  local kind at
  local -a list
  _tributary_add < <(compgen -W "$1" -- "$3")
  for kind in $2; do
    case $kind in
      files) compopt -o filenames 2>/dev/null; _tributary_add < <(compgen -f -- "$3") ;;
      folders) compopt -o filenames 2>/dev/null; _tributary_add < <(compgen -d -- "$3") ;;
      *)
        list=()
        for ((at = 1; at < COMP_CWORD - 1; at++)); do
          [ "\${COMP_WORDS[at]}" = --sources ] || continue
          [ "\${COMP_WORDS[at + 1]}" = = ] && ((at += 1))
          list=(--sources "\${COMP_WORDS[at + 1]}")
        done
        _tributary_add < <(compgen -W "$("\${COMP_WORDS[0]}" complete "$kind" "\${list[@]}" 2>/dev/null)" -- "$3")
        ;;
    esac
  done
}

# Offers what a setting may be.
_tributary_values() {
  case "$1 \${2%[+-]}" in
${knownValues()
  .map(
    ({ list, key, value }) =>
      `    '${list} ${key}') _tributary_offer '${value.words.join(' ')}' '${value.kinds.join(' ')}' "$3" ;;`,
  )
  .join('\n')}
  esac
}

_tributary() {
  local IFS=$' \\t\\n'
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]}
  local at=1 options='' words='' kinds='' list='' settings='' assigned=''
  COMPREPLY=()
  if [ "$command" = help ] && [ "$COMP_CWORD" -gt 1 ] && [[ $word != -* ]]; then
    at=2 command=\${COMP_WORDS[2]}
  fi
  if [ "$COMP_CWORD" -eq "$at" ]; then
    _tributary_offer '${words(first)}' '' "$word"
    return
  fi
  case $command in
${[...families].map(([word, family]) => `    ${word}) words='${words(family)}' ;;`).join('\n')}
  esac
  if [ -n "$words" ]; then
    if [ "$COMP_CWORD" -eq $((at + 1)) ]; then
      _tributary_offer "$words" '' "$word"
      return
    fi
    command="$command \${COMP_WORDS[at + 1]}" words=''
  fi
  [ "$at" -eq 1 ] || return
  # --option=value comes as three words, and so does setting=value.
  if [ "$word" = = ]; then
    word='' assigned=1
  elif [ "$before" = = ]; then
    before=\${COMP_WORDS[COMP_CWORD - 2]} assigned=1
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
${SET_LISTS.map((list) => `    ${list}) settings='${writtenIn(list)}' ;;`).join('\n')}
  esac
  if [ -n "$list" ] && [ -n "$assigned" ] && [[ $before != -* ]]; then
    _tributary_values "$list" "$before" "$word"
  elif [[ $word == -* ]] || [ -z "$words$kinds$settings" ]; then
    _tributary_offer "$options" '' "$word"
  else
    _tributary_offer "$words $settings" "$kinds" "$word"
    if [[ \${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
  fi
  return 0
}

complete -F _tributary tributary
`;
}

function offer({ words, kinds }: Offer): string {
  return words.length + kinds.length === 0 ? '' : `_tributary_offer '${words.join(' ')}' '${kinds.join(' ')}' "$word";`;
}

function writtenIn(list: SetList): string {
  return completedSettings(list)
    .flatMap(({ written }) => written)
    .join(' ');
}

function commandCase({ name, options, operands, sets }: CompletedCommand): string {
  const parts = [
    `options='${options.map(({ flag }) => flag).join(' ')}'`,
    ...(operands.words.length > 0 ? [`words='${operands.words.join(' ')}'`] : []),
    ...(operands.kinds.length > 0 ? [`kinds='${operands.kinds.join(' ')}'`] : []),
    ...(sets === null ? [] : [`list=${sets}`]),
  ];
  return `    '${name}') ${parts.join(' ')} ;;`;
}
