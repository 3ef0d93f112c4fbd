// What is said of keys and of a run over many, in Portuguese.
import type { Phrases } from '../translations.ts';

export const keys: Phrases = {
  '--resume needs --out and --ids-from with a file': '--resume precisa de --out e de --ids-from com um arquivo',
  '--resume needs -o csv, tsv, json or ndjson, not {1}': '--resume precisa de -o csv, tsv, json ou ndjson, não {1}',
  '--resume needs a key file that can be read again, not a pipe':
    '--resume precisa de um arquivo de chaves que possa ser relido, não de um pipe',
  '1 row': '1 linha',
  '20 calls in a row failed temporarily: the run was stopped': '20 chamadas seguidas falharam temporariamente: a execução foi interrompida',
  ': a quote is not closed': ': uma aspa não foi fechada',
  'cannot resume {1}: another version of loanq began it': 'não é possível retomar {1}: foi iniciada por outra versão do loanq',
  'cannot resume {1}: it was begun with another {2}': 'não é possível retomar {1}: foi iniciada com outro {2}',
  'cannot resume {1}: {2} is damaged': 'não é possível retomar {1}: {2} está danificado',
  'finish it with that version, or {1}': 'termine com aquela versão, ou {1}',
  'first page only for {1} with more · all of one: --all with that key alone':
    'só a primeira página de {1} com mais · tudo de uma: --all só com aquela chave',
  'give the columns these names: {1}': 'dê às colunas estes nomes: {1}',
  'it looks like UTF-16: save the file as UTF-8': 'parece UTF-16: salve o arquivo como UTF-8',
  'its columns are {1}': 'suas colunas são {1}',
  'leave out --resume to start over': 'tire --resume para recomeçar',
  'line {1} of {2} is longer than {3} bytes': 'a linha {1} de {2} tem mais de {3} bytes',
  'line {1} of {2} is not CSV{3}': 'a linha {1} de {2} não é CSV{3}',
  'line {1} of {2} is not UTF-8': 'a linha {1} de {2} não é UTF-8',
  'line {1}: {2}': 'linha {1}: {2}',
  'repeat the call as it was, or {1}': 'repita a chamada como era, ou {1}',
  'save the file as UTF-8': 'salve o arquivo como UTF-8',
  'standard output is closed': 'a saída padrão está fechada',
  'the file must have one key a line': 'o arquivo deve ter uma chave por linha',
  'the key file has {1} columns "{2}"': 'o arquivo de chaves tem {1} colunas "{2}"',
  'the limit of open files (ulimit -n) leaves room for {1} requests at a time':
    'o limite de arquivos abertos (ulimit -n) só permite {1} requisições ao mesmo tempo',
  'the rows so far are in {1}': 'as linhas até agora estão em {1}',
  'the same call with --resume goes on from here': 'a mesma chamada com --resume continua daqui',
  'there was no {1} to compare with': 'não havia {1} para comparar',
  '{1} has no column "{2}"': '{1} não tem a coluna "{2}"',
  '{1} is there and is not a journal': '{1} existe e não é um diário de execução',
  '{1} kept back, in {2}': '{1} retidas, em {2}',
  '{1} keys where at least {2} were expected': '{1} chaves onde se esperavam ao menos {2}',
  '{1} rows': '{1} linhas',
  '{1} was changed while it was read': '{1} foi alterado durante a leitura',
};
