// One made-up record: the documented one with every value moved by its kind. Equal scenes give equal records, for ever.
import type { Field, Fields } from '../core/fields.ts';
import { isObject, isText, type Json, type JsonObject, makeNumber, numberText } from '../core/json.ts';
import { hashWith } from './dice.ts';
import { reshapeId } from './ids.ts';
import { makeInstant, moveInstant, moveLike } from './moments.ts';
import { moveAmounts } from './money.ts';
import { codeFor, eventOf, hasHappened, type Scene, tellsStory } from './scene.ts';
import { changeDigits, makePersonal, makeText } from './texts.ts';

/** Makes a record like the documented one. */
export function makeRecord(fields: Fields, like: JsonObject, scene: Scene): JsonObject {
  const amounts = moveAmounts(fields, like, scene);
  const events = new Set(
    Object.keys(like)
      .filter(name => like[name] === null && fields[name]?.kind === 'instant')
      .map(eventOf),
  );
  const made: Record<string, Json> = {};
  for (const [name, value] of Object.entries(like)) {
    const field = fields[name];
    if (field?.kind === 'flag' && events.has(eventOf(name))) made[name] = hasHappened(name, scene);
    else made[name] = amounts.get(name) ?? (value === null ? fromNull(name, field, like, fields, scene) : vary(name, field, value, scene));
  }
  return made;
}

function vary(name: string, field: Field | undefined, like: Json, scene: Scene): Json {
  switch (field?.kind) {
    case 'id':
      return onText(like, text => (field.personal ? makePersonal(field.personal, text, scene) : varyId(name, field, text, scene)));
    case 'number':
      return onText(like, text => varyNumber(name, text, scene));
    case 'instant':
      return onText(like, text => moveInstant(name, field, text, scene));
    case 'day':
    case 'date-text':
      return onText(like, text => moveLike(text, scene));
    case 'flag':
      return tellsStory(scene) || hashWith(scene.seed, name) % 8 !== 0 ? like : !like;
    case 'enum':
      return onText(like, text => codeFor(name, field, text, scene));
    case 'text':
      return onText(like, text =>
        field.personal === undefined && text !== '' && isSparse(name, scene) ? null : makeText(name, text, field.personal, scene),
      );
    case 'url':
      return onText(like, text => changeDigits(text, scene.seed, scene.renamed));
    case 'group':
      return isObject(like) ? makeRecord(field.fields, like, scene) : like;
    case 'list':
      return Array.isArray(like) ? makeList(name, field.fields, like, scene) : like;
    default:
      return isText(like) && (scene.renamed.has(like) || scene.link(name, field) !== undefined) ? varyId(name, field, like, scene) : like;
  }
}

/** Applies a change to a text or to the source text of a number; the JSON type stays. */
function onText(like: Json, change: (text: string) => string | null): Json {
  const source = numberText(like);
  if (source === undefined && !isText(like)) return like;
  const text = change(source ?? `${like}`);
  return text === null || source === undefined ? text : makeNumber(text);
}

function varyId(name: string, field: Field | undefined, like: string, scene: Scene): string {
  const known = scene.renamed.get(like);
  if (known !== undefined) return known;
  if (scene.stage.constant.has(like)) return like;
  const seed = scene.stage.shared.has(like) ? scene.group : scene.seed;
  const made = scene.link(name, field) ?? reshapeId(like, hashWith(seed, like));
  scene.renamed.set(like, made);
  return made;
}

/** A value the document shows as null: some records have one where the kind of the field says what it would be. */
function fromNull(name: string, field: Field | undefined, like: JsonObject, fields: Fields, scene: Scene): Json {
  const roll = hashWith(scene.seed, `${name} null`);
  if (field?.kind === 'id' && roll % 3 === 0) return scene.link(name, field) ?? null;
  if (field?.kind === 'enum' && roll % 2 === 0) return codeFor(name, field, '', scene);
  if (field?.kind !== 'instant' || !hasHappened(name, scene)) return null;
  return makeInstant(field, fields, like, scene, 1 + (roll % 40));
}

function varyNumber(name: string, like: string, scene: Scene): string {
  if (!/^\d{1,9}$/.test(like)) return like;
  const roll = hashWith(scene.seed, name.replace(/^peak_/, ''));
  if (/instal{1,2}ment|Number$/i.test(name)) {
    return tellsStory(scene) || scene.parts[0] > 1 ? `${Number(like) + scene.later}` : `${1 + (roll % 12)}`;
  }
  if (tellsStory(scene)) return like;
  if (/index$/i.test(name)) return `${Number(like) + scene.number + 1}`;
  if (/overdue|dpd|delay/i.test(name)) return roll % 4 === 0 ? `${1 + (roll % 61)}` : '0';
  if (/^(?:total|count)$|Count$/.test(name)) return `${1 + (roll % 40)}`;
  return /version|times/i.test(name) ? `${1 + (roll % 5)}` : like;
}

/** Elements of a list: the documented ones, once to three times over, amounts split among the repetitions. */
function makeList(name: string, fields: Fields | undefined, like: readonly Json[], scene: Scene): Json {
  if (fields === undefined) return like.map(value => (isText(value) && /\d/.test(value) ? varyId(name, undefined, value, scene) : value));
  const times = 1 + (hashWith(scene.group, 'times') % 3);
  return Array.from({ length: times }, (_, step) => step).flatMap(step => {
    const seed = step === 0 ? scene.seed : hashWith(scene.seed, step);
    const renamed = step === 0 ? scene.renamed : new Map(scene.renamed);
    if (step > 0) for (const id of ownIds(fields, like, scene)) renamed.delete(id);
    const inner: Scene = {
      ...scene,
      stage: { ...scene.stage, rows: 1 },
      seed,
      later: step * like.length,
      parts: [times * scene.parts[0], step],
      renamed,
    };
    return like.map(element => (isObject(element) ? makeRecord(fields, element, inner) : element));
  });
}

/** Ids that belong to the elements of a list alone, and so differ from one repetition to the next. */
function ownIds(fields: Fields, like: readonly Json[], scene: Scene): string[] {
  return like.filter(isObject).flatMap(element =>
    Object.entries(element).flatMap(([name, value]) => {
      const field = fields[name];
      return field?.kind === 'id' && isText(value) && scene.link(name, field) === undefined ? [value] : [];
    }),
  );
}

/** Some texts are missing, as they are in life. */
function isSparse(name: string, scene: Scene): boolean {
  return !/name|currency|unit|symbol|code|title/i.test(name) && hashWith(scene.seed, `${name} missing`) % 16 === 0;
}
