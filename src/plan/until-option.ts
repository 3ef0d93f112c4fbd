// The text of `--until`, apart from what it means so that help need not load that.
import { UsageError } from '../core/errors.ts';
import { say } from '../core/say.ts';

/** As it is given. */
export interface GivenCondition {
  readonly field: string;
  readonly value: string;
}

/** Reads `status=processed`. Nothing behind the sign: the field is empty. Throws UsageError. */
export function readUntil(text: string): GivenCondition {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(say`--until "${text}" is no condition`, { hint: say`such as --until status=processed` });
  return Object.freeze({ field: text.slice(0, at).trim(), value: text.slice(at + 1).trim() });
}
