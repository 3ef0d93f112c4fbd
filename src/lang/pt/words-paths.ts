// What is said of files that are read and written, in Portuguese.
import type { Phrases } from '../translations.ts';

export const paths: Phrases = {
  'a directory': 'um diretório',
  'cannot continue {1}: it has {2} bytes where {3} were written': 'não é possível continuar {1}: tem {2} bytes, mas foram gravados {3}',
  'cannot continue {1}: there is no such file': 'não é possível continuar {1}: o arquivo não existe',
  'cannot lock the output: {1} is there and is not a lock': 'não é possível travar a saída: {1} existe e não é uma trava',
  'cannot write {1}: another program has it open': 'não é possível gravar {1}: outro programa está com ele aberto',
  'cannot write {1}: it belongs to another user': 'não é possível gravar {1}: pertence a outro usuário',
  'cannot write {1}: it is a directory': 'não é possível gravar {1}: é um diretório',
  'cannot write {1}: it is a symbolic link to {2}': 'não é possível gravar {1}: é um link simbólico para {2}',
  'cannot write {1}: it is {2}': 'não é possível gravar {1}: é {2}',
  'cannot write {1}: it was replaced while it was opened': 'não é possível gravar {1}: foi trocado enquanto era aberto',
  'cannot write {1}: nobody reads this pipe': 'não é possível gravar {1}: ninguém lê este pipe',
  'cannot write {1}: the symbolic link {2} belongs to another user':
    'não é possível gravar {1}: o link simbólico {2} pertence a outro usuário',
  'cannot write {1}: {2} was replaced or removed while it was written':
    'não é possível gravar {1}: {2} foi trocado ou removido durante a gravação',
  'choose another file, or leave out --no-clobber to replace it': 'escolha outro arquivo, ou tire --no-clobber para substituí-lo',
  'close it there (Excel keeps a file to itself), and run again': 'feche-o lá (o Excel segura o arquivo só para si) e rode de novo',
  'it does not exist': 'não existe',
  'its links lead in a circle': 'seus links formam um círculo',
  'its name holds a NUL character': 'o nome tem um caractere NUL',
  'keep it in a directory of your own': 'guarde-o em um diretório seu',
  'lost the lock of {1}: {2}': 'a trava de {1} foi perdida: {2}',
  'move {1} away': 'mova {1} para outro lugar',
  'not a regular file': 'um arquivo não comum',
  'nothing was replaced, and the files of that run were left alone':
    'nada foi substituído, e os arquivos daquela execução ficaram como estavam',
  'run: chmod {1} {2}': 'rode: chmod {1} {2}',
  'the directory {1} belongs to one': 'o diretório {1} pertence a um deles',
  'the link {1} belongs to one': 'o link {1} pertence a um deles',
  'they may write to {1}': 'eles podem gravar em {1}',
  'use a file of your own': 'use um arquivo seu',
  'without --out rows go to standard output; a file of that name is ./-':
    'sem --out as linhas vão para a saída padrão; um arquivo com esse nome é ./-',
  '{1} already exists': '{1} já existe',
  '{1} and {2} name the same file': '{1} e {2} indicam o mesmo arquivo',
  '{1} belongs to another user': '{1} pertence a outro usuário',
  '{1} can be changed by other users (mode {2})': '{1} pode ser alterado por outros usuários (modo {2})',
  '{1} can be replaced by other users: {2}': '{1} pode ser trocado por outros usuários: {2}',
  '{1} holds a secret, but other users may read it (mode {2})': '{1} contém um segredo, mas outros usuários podem lê-lo (modo {2})',
  '{1} is larger than {2} KiB': '{1} é maior que {2} KiB',
  '{1} is not a regular file': '{1} não é um arquivo comum',
  '{1} names {2}, a file that the run makes for {3}': '{1} indica {2}, um arquivo que a execução cria para {3}',
  '{1} was replaced while it was opened': '{1} foi trocado enquanto era aberto',
};
