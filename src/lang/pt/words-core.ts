// What is said of the vocabulary, and what stands around every message, in Brazilian Portuguese.
import type { Phrases } from '../translations.ts';

export const core: Phrases = {
  'this needs a terminal to ask on': 'é preciso um terminal para perguntar',
  'cannot read standard input: it is closed': 'não é possível ler a entrada padrão: está fechada',
  'cannot read standard input: it is a directory': 'não é possível ler a entrada padrão: é um diretório',
  'standard output': 'a saída padrão',
  'it must be a number from {1} to {2}': 'deve ser um número de {1} a {2}',
  'it must be a whole number from {1}': 'deve ser um número inteiro a partir de {1}',
  'it must be a whole number from {1} to {2}': 'deve ser um número inteiro de {1} a {2}',
  '{1} cannot be a delimiter': '{1} não pode ser delimitador',
  'give one character such as ; or "tab"': 'informe um único caractere, como ; ou "tab"',
  '{1} "{2}" is no day or time': '{1} "{2}" não é uma data nem um horário',
  'such as 2024-05-31, 2024-05-31T09:30:00Z or 2024-05-31T09:30:00+08:00':
    'por exemplo 2024-05-31, 2024-05-31T09:30:00Z ou 2024-05-31T09:30:00+08:00',
  '{1}: no page says in which zone the provider reads it, so "{2}" cannot be told in its time':
    '{1}: a documentação não diz em que fuso o provedor o lê, por isso "{2}" não pode ser convertido',
  'give a day or a time without a zone': 'informe uma data ou um horário sem fuso',
  'the answer is nested deeper than {1} levels': 'a resposta tem mais de {1} níveis de aninhamento',
  'the answer is too large: more than {1} values': 'a resposta é grande demais: mais de {1} valores',
  'the answer gives a key twice': 'a resposta repete uma chave',
  'the answer is not UTF-8': 'a resposta não está em UTF-8',
  '{1} is empty': '{1} está em branco',
  '{1} is longer than {2} bytes': '{1} tem mais de {2} bytes',
  '{1} is not {2}': '{1} não é {2}',
  'unknown time zone: {1}': 'fuso horário desconhecido: {1}',
  'use an IANA name such as Asia/Shanghai or America/Sao_Paulo, UTC, or an offset such as +08:00':
    'use um nome IANA como Asia/Shanghai ou America/Sao_Paulo, UTC, ou um deslocamento como +08:00',
  'it must be names separated by commas': 'devem ser nomes separados por vírgulas',
  'a name is given twice': 'há um nome repetido',
  'unknown provider: {1}': 'sistema desconhecido: {1}',
  'error: ': 'erro: ',
  'hint: ': 'dica: ',
  'warning: ': 'aviso: ',
  ' [request {1}]': ' [requisição {1}]',
  'the reader closed the pipe': 'o leitor fechou o pipe',
  'ended by {1}': 'encerrado por {1}',
  'a bug in loanq': 'um erro interno do loanq',
  'run again with LOANQ_DEBUG=1 and report the stack trace': 'execute de novo com LOANQ_DEBUG=1 e envie o stack trace',
  '{1}; {2}': '{1}; {2}',
  '; ': '; ',
};
