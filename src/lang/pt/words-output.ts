// What is said of columns, sums and footers, in Brazilian Portuguese.
import type { Phrases } from '../translations.ts';

export const output: Phrases = {
  '{1} has no nested list': '{1} não tem lista aninhada',
  'nested lists of {1}: {2}': 'listas aninhadas de {1}: {2}',
  'unknown list field: {1}': 'campo de lista desconhecido: {1}',
  '{1} is inside a list; it is a field with --explode {2}': '{1} está dentro de uma lista; é um campo com --explode {2}',
  ' (did you mean {1}?)': ' (você quis dizer {1}?)',
  'unknown field: {1}{2}': 'campo desconhecido: {1}{2}',
  'all names: --fields without a value': 'todos os nomes: --fields sem valor',
  'near: {1}; all names: --fields without a value': 'parecidos: {1}; todos os nomes: --fields sem valor',
  'not shown: {1}': 'não mostrados: {1}',
  'all: -o record, or choose with --fields': 'todos: -o record, ou escolha com --fields',
  'whole ids: --json': 'IDs completos: --json',
  'no row has {1}': 'nenhuma linha tem {1}',
  '{1} and {2} more': '{1} e mais {2}',
  'cannot sort by {1}': 'não é possível ordenar por {1}',
  '{1}; add :desc for descending order': '{1}; acrescente :desc para ordem decrescente',
  '{1} has no amounts': '{1} não tem valores',
  'amounts of {1}: {2}': 'valores de {1}: {2}',
  '--sum {1}: it is neither an amount nor a number': '--sum {1}: não é um valor nem um número',
  'sum a field of {1}, or leave --explode out': 'some um campo de {1}, ou tire --explode',
  '--sum {1}: with --explode {2} a record would count once per element':
    '--sum {1}: com --explode {2} um registro contaria uma vez por elemento',
  ', currency not stated': ', moeda não informada',
  'sum of {1}: {2}{3} ({4})': 'soma de {1}: {2}{3} ({4})',
  'sum of {1}: 0 (no values)': 'soma de {1}: 0 (sem valores)',
  'sum of {1}: {2} not added, their currency is not known': 'soma de {1}: {2} não somados, a moeda não é conhecida',
  'sum of {1}: {2} not added, they are no numbers': 'soma de {1}: {2} não somados, não são números',
  '1 value': '1 valor',
  '{1} values': '{1} valores',
};
