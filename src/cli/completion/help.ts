// Help of `loanq completion`, apart from the scripts, which are loaded only where one is made.

/** Where each script goes; said by `loanq completion` alone. */
export const completionHelp = `
  bash   eval "$(loanq completion bash)" in ~/.bashrc
  zsh    eval "$(loanq completion zsh)" in ~/.zshrc, behind compinit
  fish   loanq completion fish > ~/.config/fish/completions/loanq.fish

The scripts are static; only the names of profiles are asked for, without reading a secret. Ids are never completed.`;
