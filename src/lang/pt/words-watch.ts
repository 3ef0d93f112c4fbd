// What `--watch` says, in Portuguese.
import type { Phrases } from '../translations.ts';

export const watch: Phrases = {
  '--until "{1}" is no condition': '--until "{1}" não é uma condição',
  'such as --until status=processed': 'por exemplo --until status=processed',
  '--until {1}: it is no single value': '--until {1}: não é um valor único',
  'such as {1}': 'por exemplo {1}',
  '--until {1}: "{2}" is no number': '--until {1}: "{2}" não é um número',
  'such as 10.50, with a point': 'por exemplo 10.50, com ponto',
  '--until {1}: "{2}" is neither true nor false': '--until {1}: "{2}" não é true nem false',
  '--until {1}: "{2}" is no code of it': '--until {1}: "{2}" não é um código dele',
  'codes: {1}': 'códigos: {1}',
  'for many keys or a list: a run from cron, and --against for what has changed (docs/cron.md)':
    'para muitas chaves ou uma lista: uma execução pelo cron, e --against para o que mudou (docs/cron.md)',
  '--until needs --watch': '--until precisa de --watch',
  '--watch is for one key': '--watch é para uma só chave',
  '--watch is for a record that is read by its key; {1} is a list': '--watch é para um registro lido por sua chave; {1} é uma lista',
  '--watch cannot be combined with {1}': '--watch não pode ser combinado com {1}',
  '--watch cannot write -o {1}, which is nothing before its end': '--watch não pode escrever -o {1}, que não é nada antes do fim',
  'it writes {1}; without -o a record on a terminal, ndjson in a pipe': 'escreve {1}; sem -o, um registro no terminal, ndjson em um pipe',
  'until {1}: reached after {2}': 'até {1}: alcançado após {2}',
  '{1}: {2} is not found any more': '{1}: {2} não é mais encontrado',
  '{1}: {2} answers again': '{1}: {2} responde de novo',
  '{1}: every {2} s, look {3} at {4} (Ctrl-C stops)': '{1}: a cada {2} s, consulta {3} às {4} (Ctrl-C para)',
  'last seen {1}: {2}': 'visto por último {1}: {2}',
};
