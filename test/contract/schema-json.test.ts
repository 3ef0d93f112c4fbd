// The JSON Schema of every endpoint, judged by ajv on answers that were changed at every place: it refuses what loanq calls drift or
// refuses itself, for the same reason and at the same place, and nothing else.
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/core/endpoint.ts';
import { ResponseError } from '../../src/core/errors.ts';
import { isObject, type Json, type JsonObject, parseJson, writeJson } from '../../src/core/json.ts';
import { openAnswer } from '../../src/decode/answer.ts';
import { Drift } from '../../src/decode/drift.ts';
import { checkShape } from '../../src/decode/shape.ts';
import { repeatableRandom } from '../output/hostile.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { factsOfEndpoints } from './facts.ts';

const home = await sharedHome();
const known = (await factsOfEndpoints()).filter(({ endpoint }) => !endpoint.open);
const replacements: readonly Json[] = [null, 1, 1.5, '', 'x', '1.50', true, [], [1], [{}], {}, { x: 1 }];

/** The record with each of its members, however deep, left out or replaced, and with a member more in each of its objects. */
function* changed(value: Json): Generator<Json> {
  yield* replacements;
  if (Array.isArray(value)) {
    for (const [at, element] of value.entries()) for (const other of changed(element)) yield value.with(at, other);
  }
  if (!isObject(value)) return;
  yield { ...value, brandNew: 1 };
  for (const [name, member] of Object.entries(value)) {
    const { [name]: _, ...without } = value;
    yield without;
    for (const other of changed(member)) yield { ...value, [name]: other };
  }
}

/** The record changed at several places at once, the same ones in every run. */
function* changedOften(record: JsonObject): Generator<Json> {
  const random = repeatableRandom(writeJson(record).length);
  for (let round = 0; round < 40; round++) yield changedAtRandom(record, random);
}

function changedAtRandom(value: Json, random: () => number): Json {
  if (Array.isArray(value)) return value.map(element => changedAtRandom(element, random));
  if (!isObject(value)) return random() < 0.1 ? (replacements[Math.floor(random() * replacements.length)] ?? null) : value;
  const members = Object.entries(value).flatMap(([name, member]) =>
    random() < 0.04 ? [] : [[name, changedAtRandom(member, random)] as const],
  );
  return Object.fromEntries(random() < 0.1 ? [...members, ['brandNew', 1]] : members);
}

/** What loanq says: kinds of drift with their fields, or what it refuses. */
function ownVerdict(endpoint: Endpoint, record: JsonObject): string[] {
  const drift = new Drift();
  try {
    checkShape(endpoint, record, drift);
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    return [`refused ${/^(?:the answer has no )?([\w.]+)/.exec(error.message)?.[1]}`];
  }
  const { missing = [], unknown = [], changed: other = [], unlisted = [] } = drift.kinds();
  const codes = unlisted.map(what => what.split(' ')[0]);
  return [
    ...missing.map(field => `missing ${field}`),
    ...unknown.map(field => `unknown ${field}`),
    ...[...other, ...codes].map(f => `value ${f}`),
  ];
}

/** The same from ajv: places in lists are not told apart. */
function ajvVerdict(errors: readonly ErrorObject[]): string[] {
  return errors.map(({ instancePath, keyword, params }) => {
    const path = instancePath
      .split('/')
      .slice(1)
      .filter(part => !/^\d+$/.test(part));
    if (keyword === 'required') return `missing ${[...path, params.missingProperty].join('.')}`;
    if (keyword === 'additionalProperties') return `unknown ${[...path, params.additionalProperty].join('.')}`;
    return `value ${path.join('.')}`;
  });
}

describe.each(known)('$name', ({ provider, endpoint }) => {
  test('its JSON Schema says what loanq says of any changed answer', async () => {
    const { stdout, code } = await runInProcess(['schema', provider.name, endpoint.name, '-o', 'json-schema'], { home });
    expect(code).toBe(0);
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
    ajv.addSchema(JSON.parse(stdout), 'schema');
    const validate = ajv.getSchema('schema#/$defs/record');
    const whole = ajv.getSchema('schema');
    if (validate === undefined || whole === undefined) throw new Error('no schema');
    const [record] = openAnswer(endpoint, parseJson(endpoint.example)) ?? [];
    if (record === undefined) throw new Error('no sample');
    const plain = JSON.parse(writeJson(record));
    expect([whole([plain]), ownVerdict(endpoint, record)]).toEqual([
      ownVerdict(endpoint, record).length === 0,
      ownVerdict(endpoint, record),
    ]);
    let count = 0;
    for (const other of [...changed(record), ...changedOften(record)]) {
      if (!isObject(other)) continue;
      count += 1;
      const own = new Set(ownVerdict(endpoint, other));
      validate(JSON.parse(writeJson(other)));
      const theirs = new Set(ajvVerdict(validate.errors ?? []));
      const refused = [...own].find(word => word.startsWith('refused '))?.slice('refused '.length);
      // A refusal is the first thing loanq comes upon: the schema tells the rest, too.
      if (refused !== undefined)
        expect(
          // Where the group of a key is missing, so is the key.
          [...theirs].some(word => `${refused}.`.startsWith(`${word.split(' ')[1]}.`)),
          `${writeJson(other)}: ${refused}`,
        ).toBe(true);
      else expect([...theirs].sort(), writeJson(other)).toEqual([...own].sort());
    }
    expect(count).toBeGreaterThan(replacements.length);
  });
});

test('the keys asked for are part of a record that carries them', async () => {
  const args = ['schema', 'finlend', 'customer-repayments', '-o', 'json-schema'];
  const schemaWith = async (...more: string[]) =>
    JSON.parse((await runInProcess([...args, ...more], { home })).stdout).$defs.record.properties;
  expect((await schemaWith('--with-request'))._request).toEqual({ type: 'object', additionalProperties: { type: 'string' } });
  expect((await schemaWith())._request).toBeUndefined();
});
