// Line 1 of a journal: the version of the format, and what must be the same for a run to go on with it.
import { UsageError } from '../../core/errors.ts';
import { say } from '../../core/say.ts';
import type { Target } from '../../files/target.ts';
import { parseObject } from './section.ts';

/** What must be the same to resume, by the name that the error uses: `{ endpoint: 'crego record', format: 'csv', ... }`. */
export type Fingerprint = Readonly<Record<string, string>>;

/** 2: `stopped` lines. */
const version = 2;
/** How every journal begins. */
export const magic = '{"journal":"loanq",';
const startOver = say`leave out --resume to start over`;

export function headerOf(fingerprint: Fingerprint): string {
  return `${magic}${JSON.stringify({ version, fingerprint }).slice(1)}\n`;
}

/** Throws UsageError when the journal cannot be resumed by a run of this fingerprint. */
export function checkHeader(target: Target, text: string, fingerprint: Fingerprint): void {
  if (!text.startsWith(magic)) throw notAJournal(target);
  const header = parseObject(text);
  const earlier = header.fingerprint;
  if (typeof earlier !== 'object' || earlier === null) throw damaged(target);
  if (header.version !== version) {
    throw new UsageError(say`cannot resume ${target.shown}: another version of loanq began it`, {
      hint: say`finish it with that version, or ${startOver}`,
    });
  }
  const before = new Map<string, unknown>(Object.entries(earlier));
  const names = new Set([...before.keys(), ...Object.keys(fingerprint)]);
  const differing = [...names].filter(name => before.get(name) !== fingerprint[name]);
  if (differing.length === 0) return;
  throw new UsageError(say`cannot resume ${target.shown}: it was begun with another ${differing.join(', ')}`, {
    hint: say`repeat the call as it was, or ${startOver}`,
  });
}

export function damaged(target: Target): UsageError {
  return new UsageError(say`cannot resume ${target.shown}: ${target.journal} is damaged`, { hint: startOver });
}

export function notAJournal({ journal }: Target): UsageError {
  return new UsageError(say`${journal} is there and is not a journal`, { hint: say`move ${journal} away` });
}
