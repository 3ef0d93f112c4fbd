// What is said of the result on a screen, in Brazilian Portuguese.
import type { Phrases } from '../translations.ts';

export const screen: Phrases = {
  'the pager {1} ended with {2}; --no-pager does without one': 'o paginador {1} terminou com {2}; --no-pager dispensa o paginador',
  'the pager "{1}" cannot be started: {2}': 'o paginador "{1}" não pode ser iniciado: {2}',
  'it needs a shell, and none is used': 'ele precisa de um shell, e nenhum é usado',
  'there is no such program': 'esse programa não existe',
  'no permission': 'sem permissão',
  'the system refuses it': 'o sistema o recusa',
  '{1}, of these rows only': '{1}, só destas linhas',
  'masked values: --show-personal': 'valores ocultos: --show-personal',
  'sandbox: made-up data': 'sandbox: dados fictícios',
  'asked: {1}': 'consultados: {1}',
};
