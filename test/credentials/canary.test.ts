// No secret in any stream or file: every scheme, every fault that a server can answer with the secret in its mouth, every kind of report.
// One scheme is walked by the built program; the others run the same code in this process, which is many times as fast.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Home } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { ownHome } from '../runner/left-overs.ts';
import { runPty } from '../runner/pty.ts';
import { type Printed, run } from '../runner/run.ts';
import { type Answer, type Received, startServer } from '../runner/server.ts';
import { keyOf, openDesk } from './desk.ts';
import { filesBelow, findings, spellings, tellTales } from './traces.ts';
import { configOf, lookup, type Way, ways } from './ways.ts';

/** What a server says: everything it knows about the credential. `long`: so much that messages are cut in the middle of a secret. */
interface Echo {
  readonly key: string;
  readonly text: string;
  readonly way: Way;
}
type Fault = (echo: Echo) => Answer | undefined;

const problem = (status: number): Fault => {
  return ({ text }) => ({
    status,
    body: JSON.stringify({ code: text, message: text, errorMessage: text, description: text, detail: text }),
  });
};
const plain = (status: number, type = 'text/plain'): Fault => {
  return ({ text }) => ({ status, body: text, headers: { 'content-type': type } });
};
/** As many spellings as a header or a link can carry, each of them whole. */
function someOf(text: string, encode: (part: string) => string): string {
  const parts: string[] = [];
  for (const part of text.split(' ; ').map(encode)) if (parts.join('').length + part.length < 3000) parts.push(part);
  return parts.join(encode(' ; '));
}
const headerText = (text: string): string => someOf(text, part => part.replace(/[^\x20-\x7e]/g, '?'));
const linkText = (text: string): string => someOf(text, encodeURIComponent);

/** Faults of one key: a batch goes on. The last word is the exit code of a single lookup. */
const passing: Readonly<Record<string, readonly [Fault, ...number[]]>> = {
  'in a field of a good answer': [({ way, key, text }) => ({ body: JSON.stringify(way.answer(key, text)) }), 0],
  'as an undocumented field': [({ way, key, text }) => ({ body: JSON.stringify({ ...Object(way.answer(key, 'x')), [text]: text }) }), 0],
  'in a 400': [problem(400), 22],
  'in a 400 of text': [plain(400), 22],
  'in a 404': [problem(404), 21, 22],
  'in a 422 of text that is cut': [
    ({ text }) => ({ status: 422, body: `${'x'.repeat(190)}${text}`, headers: { 'content-type': 'text/plain' } }),
    22,
  ],
  'in a 500 page': [({ text }) => ({ status: 500, body: `<html>${text}</html>`, headers: { 'content-type': 'text/html' } }), 25],
  'in a 503 that is cut': [({ text }) => ({ status: 503, body: JSON.stringify({ message: `${'x'.repeat(185)}${text}` }) }), 25],
  'in a 200 that is no JSON': [plain(200), 27],
  'in a 200 cut short': [
    ({ text }) => ({ body: `{"items": [{"title": "${text.slice(0, 30)}`, headers: { 'content-length': '5000', connection: 'close' } }),
    27,
  ],
  'in a 200 of another shape': [({ text }) => ({ body: JSON.stringify([text]) }), 27],
  'in a record of another key': [({ way, text }) => ({ body: JSON.stringify(way.answer(headerText(text), text)) }), 27, 0],
  'in headers': [
    ({ text }) => ({
      status: 429,
      body: '{}',
      headers: {
        'x-request-id': headerText(text),
        'set-cookie': `a=${linkText(text)}`,
        'content-type': headerText(text),
        'retry-after': '0',
      },
    }),
    25,
  ],
  'in a compressed answer': [
    ({ text }) => ({ status: 400, body: gzipSync(JSON.stringify({ message: text })), headers: { 'content-encoding': 'gzip' } }),
    22,
  ],
  'in a connection that is cut': [() => undefined, 25],
};

const redirect: Fault = ({ text }) => ({
  status: 302,
  headers: { location: `https://${linkText(text)}@evil.example.com/?${linkText(text)}` },
});

/** Faults that end a run at once. */
const stopping: Readonly<Record<string, readonly [Fault, ...number[]]>> = {
  'in a 401': [problem(401), 4],
  'in a 403 of text': [plain(403), 4],
  'in a redirect': [redirect, 60],
};

/** Answers to a login. */
const refusals: Readonly<Record<string, readonly [Fault, ...number[]]>> = {
  'in a 401': [problem(401), 4],
  'in a 403 of text that is cut': [({ text }) => ({ status: 403, body: `${'x'.repeat(190)}${text}` }), 4],
  'in a 200 that refuses': [
    ({ text }) => ({ body: JSON.stringify({ value: { errorCode: 403, errorMessage: text }, code: text, message: text }) }),
    4,
    27,
  ],
  'in a 200 without a token': [({ text }) => ({ body: JSON.stringify({ echo: text }) }), 4, 27],
  'in the place of the token, with a line break': [({ text }) => ({ body: JSON.stringify(grantOf(`${text}\n`)) }), 27],
  'in a 500 that is cut': [({ text }) => ({ status: 500, body: JSON.stringify({ message: `${'x'.repeat(185)}${text}` }) }), 25],
  'in a redirect': [redirect, 60],
};

/** A token in the places of all three. */
const grantOf = (token: string): object => ({
  value: { accessToken: token },
  access_token: token,
  code: '000000',
  data: { accessToken: token },
});

const reports: Readonly<Record<string, readonly string[]>> = {
  default: [],
  'verbose and as JSON': ['-v', '--error-format', 'json', '--json'],
};

/** Secrets of the profile and whatever came over the wire, in every spelling. Header values carry prefixes and signatures. */
function echoOf(way: Way, request: Received): string {
  const url = new URL(request.target, 'http://host.invalid');
  const carried = ['authorization', 'x-auth-token', 'x-access-token'].flatMap(name => request.headers[name] ?? []);
  const known = [...way.secrets.slice(0, 2), ...carried, ...url.searchParams.values()];
  return known.flatMap(spellings).join(' ; ');
}

/** Runs the program as this way does. */
const runAs = (way: Way, args: readonly string[], home: Home): Promise<Printed> =>
  way.name === 'crego-token' ? run(args, { home }) : runInProcess(args, { home });

interface Stage {
  readonly home: Home;
  /** Credentials as they came over the wire. */
  readonly carried: Set<string>;
}

/** A provider that answers the nth key of the way with the nth fault. */
async function stage(way: Way, faults: readonly Fault[]): Promise<Stage> {
  const carried = new Set<string>();
  const answer = (request: Received): Answer | undefined => {
    const { authorization } = request.headers;
    // Of a signature the last part alone is worth anything, and names nothing else.
    if (way.provider === 'qitech' && authorization !== undefined) carried.add(authorization.split('.').at(-1) ?? '');
    const key = keyOf(way, request);
    const fault = faults[Math.max(0, way.keys.indexOf(key))];
    return fault?.({ key, way, text: echoOf(way, request) });
  };
  const server = way.name.endsWith('-login') ? await openDesk(way, { onCall: answer }) : await startServer(answer);
  const home = await ownHome();
  await home.configure(configOf(way, server.origin));
  return { home, carried };
}

/** Everything a run has said or left, but for the config file and what is inside the token file. */
async function traces(home: Home, said: { readonly stdout: string; readonly stderr: string }): Promise<Record<string, string>> {
  const files = await filesBelow(home.path);
  const places: Record<string, string> = { stdout: said.stdout, stderr: said.stderr, names: files.map(({ name }) => name).join('\n') };
  for (const { name, text } of files) if (name !== home.configFile) places[name] = text;
  return places;
}

const ofKeys = Object.entries(passing);
const ofRuns = Object.entries(stopping).flatMap(([name, fault]) =>
  Object.entries(reports).map(([report, more]) => [name, report, fault, more] as const),
);
/** The amount in a table of a good answer. */
const amounts: Readonly<Record<string, string>> = { crego: '13442', qitech: '150', interlace: '120.50' };
/** Where each fault is a lookup of its own, too: a token, a signature, and all that know no batches. */
const isSingled = ({ name, keys }: Way): boolean => keys.length === 0 || name === 'crego-token' || name === 'qitech-v2';

describe.concurrent.each(ways.filter(({ keys }) => keys.length > 0).map(way => [way.name, way] as const))('%s, in batches', (_, way) => {
  it.each(Object.entries(reports))('all faults, report %s', async (report, more) => {
    const faults = ofKeys.map(([, [fault]]) => fault);
    const { home, carried } = await stage(way, faults);
    const keys = await home.write('work/keys.txt', way.keys.slice(0, faults.length).join('\n'));
    const files = ['--out', join(home.cwd, 'out'), '--errors', join(home.cwd, 'errors'), '--summary', join(home.cwd, 'summary')];
    const format = report === 'default' ? ['-o', 'csv'] : [];
    const ran = await runAs(way, [...way.call, '--ids-from', keys, ...files, ...format, ...more], home);
    expect(ran.code).toBe(24);
    expect((await readdir(home.cwd)).sort()).toEqual(['errors', 'keys.txt', 'out', 'summary']);
    expect(findings(await traces(home, ran), tellTales(way, [...carried]))).toEqual([]);
  });

  it('a batch that is stopped leaves a journal without it', async () => {
    const good: Fault = ({ key, text }) => ({ body: JSON.stringify(way.answer(key, text)) });
    const { home, carried } = await stage(way, [good, good, redirect]);
    const keys = await home.write('work/keys.txt', way.keys.slice(0, 3).join('\n'));
    const args = [...way.call, '--ids-from', keys, '--out', join(home.cwd, 'out'), '-o', 'ndjson', '--concurrency', '1'];
    const ran = await runAs(way, args, home);
    expect(ran.code).toBe(60);
    expect((await readdir(home.cwd)).sort()).toEqual(['keys.txt', 'out.journal', 'out.partial']);
    expect(findings(await traces(home, ran), tellTales(way, [...carried]))).toEqual([]);
  });
});

describe.concurrent.each(ways.map(way => [way.name, way] as const))('%s', (_, way) => {
  async function expectNothing(fault: Fault, exits: readonly number[], more: readonly string[]): Promise<void> {
    const { home, carried } = await stage(way, [fault]);
    const ran = await runAs(way, [...lookup(way), ...more], home);
    expect(exits).toContain(ran.code);
    if (ran.code === 0) expect(JSON.parse(ran.stdout)).toMatchObject([{ ...way.shows }]);
    else expect(ran.stdout).toBe('');
    expect(findings(await traces(home, ran), tellTales(way, [...carried]))).toEqual([]);
  }

  it.each(ofRuns)('%s, report %s', (_name, _report, [fault, ...exits], more) => expectNothing(fault, exits, more));

  if (isSingled(way)) {
    it.each(ofKeys)('%s, a lookup that says all it can', (_name, [fault, ...exits]) =>
      expectNothing(fault, exits, ['-v', '--error-format', 'json', '--json']),
    );
    it('a narrow terminal that cuts and wraps shows no part of it', async () => {
      const { home, carried } = await stage(way, [({ key, text }) => ({ body: JSON.stringify(way.answer(key, text)) })]);
      const screens = [
        ['table', 100, amounts[way.provider]],
        ['table', 50, '…'],
        ['record', 50, '[redacted] ; [redacted]'],
      ] as const;
      for (const [format, columns, shown] of screens) {
        const { screen, stderr, code } = await runPty([...lookup(way), '-o', format], { home, columns });
        expect(code).toBe(0);
        expect(screen).toContain(shown);
        expect(findings({ screen, stderr }, tellTales(way, [...carried]))).toEqual([]);
      }
    });
  }

  it('a dry run shows the request and no secret, and sends nothing', async () => {
    const { home, carried } = await stage(way, []);
    const ran = await runAs(way, [...lookup(way), '--dry-run', '-v'], home);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('[redacted]');
    expect(ran.stdout).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\//);
    expect(carried.size).toBe(0);
    expect(findings(await traces(home, ran), tellTales(way))).toEqual([]);
  });
});

describe.concurrent.each(ways.filter(({ name }) => name.endsWith('-login')).map(way => [way.name, way] as const))(
  '%s, the login',
  (_, way) => {
    it.each(Object.entries(refusals))('%s', async (_name, [fault, ...exits]) => {
      // The one-time code is a secret where a first step of the login has handed it out.
      const codes = way.provider === 'interlace' ? ['canary-code-1'] : [];
      const echo = (request: Received): string => [...way.secrets, request.body.toString(), ...codes].flatMap(spellings).join(' ; ');
      const desk = await openDesk(way, { onLogin: request => fault({ key: '', way, text: echo(request) }) });
      const home = await ownHome();
      await home.configure(configOf(way, desk.origin));
      const ran = await runInProcess([...lookup(way), '-v', '--error-format', 'json'], { home });
      expect(exits).toContain(ran.code);
      expect([ran.stdout, desk.count.call]).toEqual(['', 0]);
      expect(findings(await traces(home, ran), tellTales(way))).toEqual([]);
    });
  },
);
