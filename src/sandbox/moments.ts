// The times of a made-up record: as far apart as the documented ones, in their style.
import type { Fields, InstantField } from '../core/fields.ts';
import { isText, type Json, type JsonObject, makeNumber, textOrNumber } from '../core/json.ts';
import { hashWith } from './dice.ts';
import { type Scene, tellsStory } from './scene.ts';
import { moveTime, readTimeMs } from './times.ts';

/** A documented time, moved; one that means "no time" is a time in other records. */
export function moveInstant(name: string, field: InstantField, like: string, scene: Scene): string {
  const { none } = field;
  const roll = hashWith(scene.seed, `${name} none`);
  if (none !== undefined && like === none.is) {
    if (roll % 2 === 0) return like;
    return styledTime(field, `${Math.floor(scene.stage.baseMs / 86_400_000) * 86_400_000}`, scene, 30 + (roll % 150));
  }
  return moveLike(like, scene);
}

/** A time for a field whose sample is null; `siblings` tell whether the provider writes times as text. */
export function makeInstant(field: InstantField, siblings: Fields, sample: JsonObject, scene: Scene, days: number): Json {
  const text = styledTime(field, `${scene.stage.baseMs}`, scene, days);
  return likesText(field, sample, siblings) ? text : makeNumber(text);
}

/** A time in the unit of a field whose own sample shows none. */
function styledTime(field: InstantField, likeMs: string, scene: Scene, days: number): string {
  const ms = moveTime(likeMs, scene.stage.baseMs, scene.timeMs, days, false);
  if (field.unit === 'ms') return ms;
  if (field.unit === 's') return `${ms.slice(0, -3)}.${ms.slice(-3).replace(/0$/, '1')}`;
  return new Date(Number(ms)).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Times that all sample rows share (of the loan) stay; others move on by a month for each instalment. */
export function moveLike(like: string, scene: Scene): string {
  const { baseMs, shared } = scene.stage;
  return moveTime(like, baseMs, scene.timeMs, shared.has(like) ? 0 : scene.later * 30, tellsStory(scene));
}

function likesText(field: InstantField, like: JsonObject, fields: Fields): boolean {
  if (field.unit === 'iso') return true;
  return Object.entries(fields).some(([name, other]) => other.kind === 'instant' && isText(like[name] ?? null));
}

/** Milliseconds of the earliest time of creation a sample shows, else of any time in it. */
export function sampleTimeMs(fields: Fields, row: JsonObject): number | undefined {
  const times = Object.entries(row).flatMap(([name, value]) => {
    const field = fields[name];
    if (field?.kind !== 'instant' && field?.kind !== 'day' && field?.kind !== 'date-text') return [];
    const text = textOrNumber(value) ?? '';
    const ms = field.kind === 'instant' && field.none?.is === text ? undefined : readTimeMs(text);
    return ms === undefined ? [] : [{ ms, created: /creat/i.test(name) }];
  });
  const created = times.filter(time => time.created);
  return (created.length > 0 ? created : times).reduce<number | undefined>(
    (least, { ms }) => (least === undefined ? ms : Math.min(least, ms)),
    undefined,
  );
}
