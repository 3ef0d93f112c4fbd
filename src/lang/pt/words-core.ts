// What stands around every message, and what the vocabulary itself says, in Brazilian Portuguese.
import type { Phrases } from '../translations.ts';

export const core: Phrases = {
  'error: ': 'erro: ',
  'hint: ': 'dica: ',
  'warning: ': 'aviso: ',
  ' [request {1}]': ' [requisição {1}]',
  'the reader closed the pipe': 'o leitor fechou o pipe',
  'ended by {1}': 'encerrado por {1}',
  'a bug in loanq': 'um erro interno do loanq',
  'run again with LOANQ_DEBUG=1 and report the stack trace': 'execute de novo com LOANQ_DEBUG=1 e envie o stack trace',
};
