// What a result offers to go on with.
import type { Choice } from '../../console/field.ts';
import { exitCodes } from '../../core/exit-codes.ts';
import { mainKey } from '../../core/keys.ts';
import { say } from '../../core/say.ts';
import { type Found, relatedArguments } from '../../lookup/related.ts';
import { codesIn } from './codes.ts';
import { withOptions } from './line.ts';
import { type Next, quit } from './questions.ts';
import type { KnownSystem } from './systems.ts';
import { wantedFor } from './within.ts';

/** A command line that has been run. */
export interface Ran {
  readonly line: readonly string[];
  /** The only id that every system was asked for. */
  readonly id: string | undefined;
  readonly exit: number;
  readonly found: readonly Found[];
}

/** `look`: options that lines have which are made from what was found. */
export function nextOffers({ line, id, exit, found }: Ran, systems: readonly KnownSystem[], look: readonly string[]): Choice<Next>[] {
  const isShown = exit === exitCodes.ok.exit || exit === exitCodes.partial.exit;
  const related = isShown && found.length > 0 ? relatedArguments(found) : [];
  return [
    { value: { kind: 'again' }, name: say`Another id`, note: say`or paste it here` },
    ...(id === undefined ? [] : wantedFor(id, systems)).map((what): Choice<Next> => {
      return { value: { kind: 'within', id, what } as Next, name: say`Ask ${what.title} as well: in which ${what.of}?` };
    }),
    ...related.map((words): Choice<Next> => {
      const name = say`Related: ${words.slice(0, 2).join(' ')}`;
      return { value: { kind: 'related', line: withOptions(words, look) }, name, note: keysOf(words) };
    }),
    ...(isShown && line[0] !== 'explain' ? saveOffers(found) : []),
    ...codesIn(found).map((code): Choice<Next> => ({ value: { kind: 'explain', code }, name: say`What does ${code} mean?` })),
    quit,
  ];
}

function saveOffers(found: readonly Found[]): Choice<Next>[] {
  const part = found.length === 1 ? found[0]?.part : undefined;
  if (part === undefined) return [{ value: { kind: 'csv', all: false }, name: say`Save as CSV` }];
  return [
    { value: { kind: 'csv', all: false }, name: say`Save this page as CSV` },
    { value: { kind: 'csv', all: true }, name: say`Save every page as CSV` },
  ];
}

/** The keys of a line, for the eye. */
function keysOf(words: readonly string[]): string {
  const behind = words.slice(2);
  const end = behind.findIndex(word => word.startsWith('-'));
  return behind.slice(0, end < 0 ? undefined : end).join(' ');
}

const idCharacters = 8;

/** `crego-record-229fe24c.csv`. */
export function suggestedFile({ line, found }: Ran): string {
  const [only, ...more] = found;
  if (only === undefined || more.length > 0) return `${line[0] === 'lookup' ? 'lookup' : line.slice(0, 2).join('-')}.csv`;
  const key = mainKey(only.endpoint)?.key.personal ? '' : (Object.values(only.keys).at(-1) ?? '');
  const plain = key.replace(/[^0-9A-Za-z]+/g, '').slice(0, idCharacters);
  return `${[only.system.provider.name, only.endpoint.name, ...(plain === '' ? [] : [plain])].join('-')}.csv`;
}
