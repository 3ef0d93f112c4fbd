// Password managers that print a secret, as commands for a profile: where each is installed, and how it is told which secret.
import { accessSync, constants } from 'node:fs';
import { pathOf } from '../../config/locations.ts';
import type { Runtime } from '../../core/runtime.ts';
import { type Saying, say, type Words } from '../../core/say.ts';

interface Manager {
  readonly name: Words;
  /** The question which secret. */
  readonly asks: Saying;
  readonly argv: (text: string) => string[];
}

interface Known {
  readonly title: string;
  readonly program: string;
  readonly asks: Saying;
  readonly words: (text: string) => string[];
}

const known: readonly Known[] = [
  {
    title: '1Password',
    program: 'op',
    asks: say`Reference of the item, such as ${'op://vault/item/field'}`,
    words: text => ['read', text],
  },
  {
    title: 'HashiCorp Vault',
    program: 'vault',
    asks: say`Field and path of the secret, such as ${'token secret/crego'}`,
    words: text => {
      const [field = '', ...path] = text.split(/\s+/);
      return ['kv', 'get', `-field=${field}`, ...path];
    },
  },
  { title: 'pass', program: 'pass', asks: say`Name of the entry, such as ${'crego/token'}`, words: text => ['show', text] },
];

/** Those that are installed, and any other program. */
export function managersOf(runtime: Pick<Runtime, 'env' | 'platform'>): Manager[] {
  const installed = known.flatMap(({ title, program, asks, words }) => {
    const path = pathOfProgram(program, runtime);
    return path === undefined ? [] : [{ name: `${title}  ${path}`, asks, argv: (text: string) => [path, ...words(text)] }];
  });
  const other = {
    name: say`Another program`,
    asks: say`The command, its whole path first (no shell reads it)`,
    argv: (text: string) => text.split(/\s+/),
  };
  return [...installed, other];
}

function pathOfProgram(program: string, { env, platform }: Pick<Runtime, 'env' | 'platform'>): string | undefined {
  const path = pathOf(platform);
  const endings = platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return (env.PATH ?? '')
    .split(path.delimiter)
    .filter(directory => path.isAbsolute(directory))
    .flatMap(directory => endings.map(ending => path.join(directory, `${program}${ending}`)))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
