// What is said of the command line, in Brazilian Portuguese.
import type { Phrases } from '../translations.ts';

export const cli: Phrases = {
  'there is no completion for {1}': 'não há autocompletar para {1}',
  'one of {1}': 'uma destas opções: {1}',
  '{1} has no endpoint {2}': '{1} não tem a consulta {2}',
  'did you mean {1} {2}?': 'você quis dizer {1} {2}?',
  'ask for the id itself: {1}': 'consulte pelo próprio ID: {1}',
  'loanq lookup {1}, or one of {2}': 'loanq lookup {1}, ou uma destas: {2}',
  'there is no help topic {1}': 'não existe o tópico de ajuda {1}',
  'topics: {1}': 'tópicos: {1}',
  'missing endpoint of {1}': 'falta a consulta de {1}',
  "option '{1}' argument '{2}': {3}": "opção '{1}', valor '{2}': {3}",
  '{1} is given twice with different values': '{1} foi informado duas vezes com valores diferentes',
  'it must be one of {1}': 'deve ser uma destas opções: {1}',
  'it must not be empty': 'não pode ficar em branco',
  'it must be a whole number': 'deve ser um número inteiro',
  'it must be {1}': 'deve ser {1}',
  'which shell?': 'qual shell?',
  'nothing to do': 'nada a fazer',
  "unknown command '{1}'": "comando desconhecido: '{1}'",
  "unknown option '{1}'": "opção desconhecida: '{1}'",
  "missing required argument '{1}'": "falta o argumento obrigatório '{1}'",
  "option '{1}' argument missing": "falta o valor da opção '{1}'",
  'too many arguments. Expected {1} but got {2}': 'argumentos demais: esperado {1}, recebido {2}',
  "too many arguments for '{1}'. Expected {2} but got {3}": "argumentos demais para '{1}': esperado {2}, recebido {3}",
  'secrets never go on the command line: name them in a profile (loanq help profiles)':
    'segredos nunca vão na linha de comando: indique-os em um perfil (loanq help profiles)',
  'did you mean {1}?': 'você quis dizer {1}?',
  'a key that begins with - goes after --': 'uma chave que começa com - vai depois de --',
  'see: {1}': 'veja: {1}',
};
