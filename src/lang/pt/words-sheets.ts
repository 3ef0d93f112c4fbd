// What -o xlsx says, in Portuguese.
import type { Phrases } from '../translations.ts';

export const sheets: Phrases = {
  '-o {1} needs --out: it is a file, not text': '-o {1} precisa de --out: é um arquivo, não texto',
  '--out {1}.{2}': '--out {1}.{2}',
  '{1} columns, and a sheet holds {2}': '{1} colunas, e uma planilha comporta {2}',
  'choose some with --fields': 'escolha algumas com --fields',
  'a heading has {1} characters, and a cell of a sheet holds {2}': 'um cabeçalho tem {1} caracteres, e uma célula de planilha comporta {2}',
  '{1} has {2} characters, and a cell of a sheet holds {3}': '{1} tem {2} caracteres, e uma célula de planilha comporta {3}',
  '--explode {1}, or -o csv': '--explode {1}, ou -o csv',
  '-o csv, or --fields without it': '-o csv, ou --fields sem ele',
};
