import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { redacted } from '../../src/core/redacted.ts';
import type { RequestPlan } from '../../src/core/request.ts';
import { curlLine, showPart, showUrl } from '../../src/http/redact.ts';
import { traceAnswer, traceRequest } from '../../src/http/trace.ts';
import { type Received, startLoopback } from '../auth/loopback.ts';
import { hasPrograms } from '../runner/programs.ts';

const plan: RequestPlan = {
  method: 'GET',
  baseUrl: 'https://example.com/prefix',
  path: '/loan/[ID_1,ID_$2]',
  template: '/loan/[{ids}]',
  query: [
    { name: 'accessToken', value: 'sec ret&x', secret: true },
    { name: 'q', value: "it's a:b/c?" },
  ],
  headers: [
    { name: 'accept', value: 'application/json' },
    { name: 'Authorization', value: 'Bearer secret-token', secret: true },
  ],
};

test('what a scheme marked is masked, whatever it is', () => {
  expect(showPart({ name: 'a', value: 'b' })).toBe('b');
  expect(showPart({ name: 'a', value: 'b', secret: true })).toBe(redacted);
  expect(showUrl(plan)).toBe('https://example.com/prefix/loan/[ID_1,ID_$2]?accessToken=[redacted]&q=it%27s%20a:b/c%3F');
  expect(showUrl({ ...plan, query: [] })).toBe('https://example.com/prefix/loan/[ID_1,ID_$2]');
});

test('trace lines', () => {
  expect(traceRequest(plan)).toBe(
    '> GET https://example.com/prefix/loan/[ID_1,ID_$2]?accessToken=[redacted]&q=it%27s%20a:b/c%3F (accept: application/json; Authorization: [redacted])',
  );
  expect(traceAnswer({ status: 200, headers: { 'content-type': 'application/json' }, body: new Uint8Array(12) }, 3.6)).toBe(
    '< HTTP 200, 12 bytes, application/json, 4 ms',
  );
  expect(traceAnswer({ status: 204, headers: {}, body: new Uint8Array() }, 0)).toBe('< HTTP 204, 0 bytes, 0 ms');
});

describe('curl line', () => {
  /** The words a shell makes of a line. */
  async function words(line: string): Promise<string[]> {
    const { stdout } = await promisify(execFile)('bash', ['-c', `curl() { printf '%s\\0' "$@"; }; ${line}`]);
    return stdout.split('\0').slice(0, -1);
  }

  test('survives a shell, quotes and all', async () => {
    expect(await words(curlLine(plan))).toEqual([
      '--globoff',
      'https://example.com/prefix/loan/[ID_1,ID_$2]?accessToken=[redacted]&q=it%27s%20a:b/c%3F',
      '--header',
      'accept: application/json',
      '--header',
      'Authorization: [redacted]',
    ]);
  });

  test('JSON body', async () => {
    const body = { kind: 'json', text: '{"a":"it\'s $HOME `x`"}' } as const;
    expect((await words(curlLine({ ...plan, method: 'POST', headers: [], query: [], body }))).slice(1)).toEqual([
      '--request',
      'POST',
      'https://example.com/prefix/loan/[ID_1,ID_$2]',
      '--header',
      'content-type: application/json',
      '--data-raw',
      '{"a":"it\'s $HOME `x`"}',
    ]);
    expect(curlLine({ ...plan, body: { ...body, secret: true } })).not.toContain('HOME');
  });

  test('form on a GET', async () => {
    const fields = [
      { name: 'amount', value: '1.5' },
      { name: 'pin', value: '1234', secret: true as const },
    ];
    expect((await words(curlLine({ ...plan, headers: [], query: [], body: { kind: 'form', fields } }))).slice(1)).toEqual([
      '--request',
      'GET',
      'https://example.com/prefix/loan/[ID_1,ID_$2]',
      '--form-string',
      'amount=1.5',
      '--form-string',
      'pin=[redacted]',
    ]);
  });

  test.runIf(hasPrograms({ curl: 'curl' }))('sends each form field as it stands when it is run', async () => {
    const server = await startLoopback(() => ({ body: '{}' }));
    const fields = [
      { name: 'payout_to', value: '@/etc/hostname' },
      { name: 'credit_bank', value: '<x' },
      { name: 'method', value: 'a;type=text/html' },
      { name: 'amount', value: '"1";filename=b' },
    ];
    const line = curlLine({ ...plan, baseUrl: server.url, query: [], headers: [], body: { kind: 'form', fields } });
    await promisify(execFile)('bash', ['-c', `${line} --silent --show-error --noproxy '*'`]);
    const [{ headers, body }] = server.received as [Received];
    const form = await new Response(body, { headers: { 'content-type': `${headers['content-type']}` } }).formData();
    expect([...form]).toEqual(fields.map(({ name, value }) => [name, value]));
    expect(body).not.toMatch(/^content-type:/im);
    await server.close();
  });
});
