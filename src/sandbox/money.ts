// The amounts of a made-up record: all moved by one factor, then split where the state of the record says so.
import type { Fields } from '../core/fields.ts';
import { isText, type Json, type JsonObject, makeNumber, textOrNumber } from '../core/json.ts';
import { type Amount, isDonePart, partOf, readAmount, splitFields, writeAmount } from './amounts.ts';
import { hashWith } from './dice.ts';
import { codeFor, type Scene } from './scene.ts';

/** The amounts of an object, moved together so that what adds up still does. */
export function moveAmounts(fields: Fields, like: JsonObject, scene: Scene): ReadonlyMap<string, Json> {
  const amounts = new Map<string, Amount>();
  for (const [name, value] of Object.entries(like)) {
    if (fields[name]?.kind !== 'money') continue;
    const amount = readAmount(textOrNumber(value) ?? '');
    if (amount === undefined) continue;
    amounts.set(name, amount);
  }
  const cents = new Map([...amounts].map(([name, { cents }]) => [name, partOf(Math.round(cents * scene.factor), ...scene.parts)]));
  if (isSettled(fields, like, scene)) settleParts(amounts, cents);
  else spreadParts(amounts, cents, scene);
  return new Map(
    [...amounts].map(([name, { decimals }]) => {
      const text = writeAmount(cents.get(name) ?? 0, decimals, scene.stage.padded);
      return [name, isText(like[name] ?? null) ? text : makeNumber(text)];
    }),
  );
}

function spreadParts(amounts: ReadonlyMap<string, Amount>, cents: Map<string, number>, scene: Scene): void {
  for (const [zero, partner] of splitFields(amounts)) {
    const roll = hashWith(scene.seed, `${zero} share`);
    if (roll % 3 === 0) continue;
    const whole = partner === undefined ? 0 : (cents.get(partner) ?? 0);
    const share = Math.floor((whole * (roll % 100)) / 100);
    cents.set(zero, share);
    if (partner !== undefined) cents.set(partner, whole - share);
  }
}

/** Of a loan or invoice that is paid nothing remains open, whatever the sample shows. */
function settleParts(amounts: ReadonlyMap<string, Amount>, cents: Map<string, number>): void {
  for (const [zero, partner] of splitFields(amounts)) {
    if (!isDonePart(zero)) continue;
    cents.set(zero, partner === undefined ? Math.max(...cents.values()) : (cents.get(partner) ?? 0));
    if (partner !== undefined) cents.set(partner, 0);
  }
}

/** Whether a record's state says that all is paid. */
function isSettled(fields: Fields, sample: JsonObject, scene: Scene): boolean {
  return Object.entries(fields).some(([name, field]) => {
    const like = sample[name] ?? null;
    if (field.kind !== 'enum' || !isText(like)) return false;
    return /^(?:fully )?(?:re)?paid\b/.test(field.values[codeFor(name, field, like, scene)] ?? '');
  });
}
