/** Shells that completion can be set up for. */
export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/**
 * What a shell must run to complete our commands. The scripts know nothing of these: they ask `__complete`, which answers with a
 * line for each candidate, with a tab before its description; or with `:files`, where a file is wanted.
 */
export const scripts: Readonly<Record<Shell, string>> = {
  // Words are divided at spaces alone: bash itself would divide host:port.
  bash: `_millrace() {
  local -a words
  local line before="\${COMP_LINE:0:COMP_POINT}"
  read -ra words <<< "$before"
  [[ "$before" == *[[:space:]] ]] && words+=("")
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ "$line" == ":files" ]]; then
      compopt -o default
      return
    fi
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <("\${words[0]}" __complete -- "\${words[@]:1}" 2> /dev/null)
}
complete -F _millrace millrace
`,
  zsh: `#compdef millrace
_millrace() {
  local line
  local -a lines candidates
  lines=("\${(@f)$("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2> /dev/null)}")
  if [[ "\${lines[1]}" == ":files" ]]; then
    _files
    return
  fi
  for line in $lines; do
    candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  _describe millrace candidates
}
compdef _millrace millrace
`,
  fish: `function __millrace_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l lines ($words[1] __complete -- $words[2..] 2> /dev/null)
  if test "$lines[1]" = ":files"
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $lines
  end
end
complete -c millrace -f -a '(__millrace_complete)'
`,
};
