// Keys as messages, `--errors` and the audit trail may show them: one that may be a person's address or number is masked.
import type { Endpoint, Key } from './endpoint.ts';
import type { KeyValues } from './keys.ts';
import { maskText } from './personal.ts';

const phone = /^\+?\d(?:[\s().-]*\d){6,}$/;

/** A personal key with most of it hidden; what is neither an address nor a long number, such as a staff id, stays. */
export function shownKey(key: Key | undefined, value: string): string {
  if (!key?.personal) return value;
  if (/[@＠]/.test(value)) return maskText('email', value.replace('＠', '@'));
  return phone.test(value) ? maskText('phone', value) : value;
}

/** The same for the keys of a lookup. */
export function shownKeys({ keys = {} }: Pick<Endpoint, 'keys'>, values: KeyValues): KeyValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shownKey(keys[name], value)]));
}

/** The same for values in the order of the parameters. */
export function shownTuple({ keys = {} }: Pick<Endpoint, 'keys'>, given: readonly string[]): string[] {
  const all = Object.values(keys);
  return given.map((value, at) => shownKey(all[at], value));
}
