// A provider that changes its answers is noticed in the cron line of the docs, through the built program.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import record from '../../src/providers/crego/record.example.json';
import { sharedHome } from '../runner/home.ts';
import { lookUp } from '../runner/lookup.ts';
import { secrets } from '../runner/profiles.ts';
import { type Answer, startServer } from '../runner/server.ts';

const home = await sharedHome();
/** By the id of a record, or the target of a list. */
let answer: (asked: string) => Answer = () => ({ status: 404 });
const server = await startServer(({ target }) => answer(/\/records\/([^/?]*)/.exec(target)?.[1] ?? target));
const path = (name: string) => join(home.cwd, name);
const ids = [1, 2, 3].map(n => `00000000-0000-4000-8000-00000000000${n}`);
const [first = ''] = ids;

/** The documented sample with this id, without `remaining_amount`, and with more members. */
function drifted(id: string, more: object = {}): string {
  const { remaining_amount: _, ...rest } = JSON.parse(record);
  return JSON.stringify({ ...rest, id, new_amount: 1.5, ...more });
}

const crego = (...args: string[]) => lookUp({ home, server, provider: 'crego' }, args);
const summary = async () => JSON.parse(await readFile(path('summary.json'), 'utf8'));
const lastLine = (stderr: string) => JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '').error;

test('--summary counts it by field, also with --quiet, which says nothing', async () => {
  answer = id => ({ body: drifted(id, id === first ? { new_amount: undefined, type: 7 } : {}) });
  await home.write('work/ids.txt', `${ids.join('\n')}\n`);
  const files = ['--out', path('records.csv'), '--errors', path('errors.jsonl'), '--summary', path('summary.json')];
  const { code, stderr } = await crego('record', '--ids-from', path('ids.txt'), '--csv', ...files, '--resume', '--quiet');
  expect([code, stderr]).toEqual([0, '']);
  expect(await summary()).toMatchObject({
    code: 'ok',
    delivered: 3,
    drift: { remaining_amount: 3, new_amount: 2 },
    driftMore: 0,
    driftKinds: { missing: ['remaining_amount'], unknown: ['new_amount'] },
  });
});

test('--summary of a run without it says that there was none', async () => {
  answer = id => ({ body: record.replace('229fe24c-d840-48dc-959a-e0ff1479df35', id) });
  const { code } = await crego('record', ...ids, '--json', '--summary', path('summary.json'), '-q');
  expect([code, await summary()]).toEqual([0, expect.objectContaining({ drift: {}, driftMore: 0, driftKinds: {} })]);
});

describe('a JSON error counts it', () => {
  test('at the end of a batch', async () => {
    answer = id => (id === first ? { status: 404, body: '{"detail":"Not found."}' } : { body: drifted(id) });
    const { code, stderr } = await crego('record', ...ids, '--json', '-q', '--error-format', 'json');
    expect([code, lastLine(stderr)]).toMatchObject([24, { code: 'partial', drift: { remaining_amount: 2, new_amount: 2 } }]);
  });

  test('of a batch that was stopped', async () => {
    answer = id => (id === ids[2] ? { status: 401 } : { body: drifted(id) });
    const { code, stderr } = await crego('record', ...ids, '--json', '-q', '--error-format', 'json', '--concurrency', '1');
    expect([code, lastLine(stderr)]).toMatchObject([4, { code: 'auth', drift: { remaining_amount: 2, new_amount: 2 } }]);
  });

  test('of a strict run, in which each key fails by it', async () => {
    answer = id => ({ body: drifted(id) });
    const one = await crego('record', first, '--json', '-q', '--error-format', 'json', '--strict');
    expect([one.code, lastLine(one.stderr)]).toMatchObject([27, { code: 'bad-response', drift: { remaining_amount: 1, new_amount: 1 } }]);
    const many = await crego('record', ...ids, '--json', '-q', '--error-format', 'json', '--strict', '--summary', path('summary.json'));
    expect([many.code, lastLine(many.stderr)]).toMatchObject([27, { drift: { remaining_amount: 3, new_amount: 3 } }]);
    expect(await summary()).toMatchObject({ failed: 3, drift: { remaining_amount: 3, new_amount: 3 } });
  });

  test('of a list that breaks off', async () => {
    const page = `{"count":2,"current_page":1,"page_size":1,"results":[{"id":"${first}","amount":1,"new_amount":2}]}`;
    answer = target => (target.includes('page=2') ? { status: 400 } : { body: page });
    const { code, stderr } = await crego('settlements', '--all', '--json', '-q', '--error-format', 'json');
    expect([code, lastLine(stderr)]).toMatchObject([22, { drift: { new_amount: 1 } }]);
  });

  test('of a saved answer', async () => {
    await home.write('work/saved.json', drifted(first));
    const { code, stderr } = await crego(
      'record',
      first,
      ids[1] ?? '',
      '--input',
      path('saved.json'),
      '--json',
      '-q',
      '--error-format',
      'json',
    );
    expect([code, lastLine(stderr)]).toMatchObject([24, { drift: { remaining_amount: 1, new_amount: 1 } }]);
  });

  test('and has no such member where there is none', async () => {
    answer = () => ({ status: 404, body: '{"detail":"Not found."}' });
    const { stderr } = await crego('record', first, '--error-format', 'json');
    const members = ['code', 'exit', 'message', 'provider', 'endpoint', 'keys', 'status', 'retryable', 'hint'];
    expect(Object.keys(lastLine(stderr))).toEqual(members);
  });
});

test('the warning shows no secret, person or control character of a name, and of a long one 100 characters', async () => {
  const names = {
    [`${'x'.repeat(90)}${secrets.crego}`]: 1,
    'ana.silva@example.com': 2,
    'a\u001b[2J\nb': 3,
    [`y${'\u202e'.repeat(5000)}`]: 4,
  };
  answer = id => ({ body: drifted(id, { remaining_amount: 0, new_amount: undefined, ...names }) });
  const { code, stderr } = await crego('record', first, '--json');
  expect([code, stderr]).toEqual([
    0,
    `warning: crego record: answers differ from the documented shape: unknown ${'x'.repeat(90)}[redacted], unknown a••••@example.com, ` +
      `unknown a\\x1b[2J\\nb, unknown y${'\\u202e'.repeat(98)}…\n`,
  ]);
  const json = await crego('record', first, ids[1] ?? '', '--json', '-q', '--summary', path('summary.json'));
  expect(json.code).toBe(0);
  expect(await summary()).toMatchObject({
    drift: { [`${'x'.repeat(90)}[redacted]`]: 2, 'a••••@example.com': 2, 'a\u001b[2J\nb': 2, [`y${'\u202e'.repeat(98)}…`]: 2 },
  });
  expect(await readFile(path('summary.json'), 'utf8')).not.toMatch(/[\u001b\u202e]/);
});
