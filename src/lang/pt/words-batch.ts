// What is said of batches, in Brazilian Portuguese.
import type { Phrases } from '../translations.ts';

export const batch: Phrases = {
  '{1} keys at {2} requests a second: at least {3}': '{1} chaves a {2} requisições por segundo: pelo menos {3}',
  '{1} keys in {2} requests at {3} requests a second: at least {4}': '{1} chaves em {2} requisições, a {3} por segundo: pelo menos {4}',
  '{1} keys': '{1} chaves',
  '{1} of {2} keys': '{1} de {2} chaves',
  '{1}/s, {2} left': '{1}/s, faltam {2}',
  '{1} {2}, {3} missing, {4} failed, {5}': '{1} {2}, {3} ausentes, {4} com falha, {5}',
  '{1} missing': '{1} ausentes',
  '{1} failed': '{1} com falha',
  'time unknown': 'tempo desconhecido',
  '{1} left': 'faltam {1}',
  '{1} minutes': '{1} minutos',
  '{1} hours': '{1} horas',
  '{1} days': '{1} dias',
  '{1} looks like CSV: its columns are {2}': '{1} parece CSV: as colunas são {2}',
  'say which one holds the key: --column {1}': 'diga qual delas tem a chave: --column {1}',
  'the line is no JSON object with a "key" of text': 'a linha não é um objeto JSON com uma "key" de texto',
  'the line is for {1}, not for {2}': 'a linha é de {1}, não de {2}',
  'the line gives {1} of {2} keys ({3})': 'a linha traz {1} de {2} chaves ({3})',
  'a key got no outcome': 'uma chave ficou sem resultado',
};
