// Exit codes as scripts see them: one command line a row, against servers whose answers are written here.
import { describe, expect, it } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { run } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';

const key = '229fe24c-d840-48dc-959a-e0ff1479df35';
const home = await sharedHome();
let answer: { status?: number; body: string; headers?: Record<string, string> } = { body: '{}' };
const server = await startServer(() => answer);
const env = { CREGO_TOKEN: 'canary-crego-5f0cBearer' };
await home.configure({ profiles: { test: { provider: 'crego', baseUrl: server.origin, credentials: { token: 'env:CREGO_TOKEN' } } } });
const lookup = ['crego', 'record', key, '--retries', '0'];

describe('nothing is sent', () => {
  it.each([
    [2, ['crego', 'recrod', key]],
    [2, [...lookup, '--token', 'x']],
    [2, [...lookup, '--max-rate', 'NaN']],
    [2, [...lookup, '-o', 'json', '-o', 'csv']],
    [2, ['crego', 'record', 'REC0XAM2']],
    [2, [...lookup, '--fields', 'nope']],
    [20, [...lookup, '--profile', 'nobody']],
    [23, [...lookup, '--out', 'missing/file.json']],
    [26, ['crego', 'record', '--ids-from', 'missing.txt']],
  ])('%i: %j', async (code, args) => {
    const before = server.requests.length;
    const ran = await run(args, { home, env });
    expect(ran).toMatchObject({ code, stdout: '' });
    expect(ran.stderr).toMatch(/^error: [^\n]+\n(hint: [^\n]+\n)?$/);
    expect(server.requests.length).toBe(before);
  });
});

describe('the answer decides', () => {
  it.each([
    [4, { status: 401, body: '{"detail":"no"}' }],
    [21, { status: 404, body: '{"detail":"Not found."}' }],
    [22, { status: 422, body: '{"detail":"no"}' }],
    [25, { status: 503, body: '{}' }],
    [27, { body: '<html></html>', headers: { 'content-type': 'text/html' } }],
    [27, { body: '{"id":"' }],
    [27, { body: '{"id":"4ebd506f-8727-4d16-863d-0442e1b75858"}' }],
    [27, { body: '{}' }],
  ])('%i: %j', async (code, given) => {
    answer = given;
    const ran = await run(lookup, { home, env });
    expect(ran).toMatchObject({ code, stdout: '' });
    expect(ran.stderr).toMatch(/^error: [^\n]+\n(hint: [^\n]+\n)?$/);
  });
});
