// The last filter before stdout and a file: what could be the beginning of a secret is held back, and delivered when nothing follows.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Secret, SecretRegister } from '../../src/auth/secret.ts';
import { filtered, openOutput, writeResult } from '../../src/output/destination.ts';
import type { Destination } from '../../src/output/output-plan.ts';
import { temporaryDirectory } from '../runner/bundle.ts';

const directory = await temporaryDirectory();
const secret = 'canary-0123456789';

function stage(name: string) {
  const stdout = new PassThrough();
  const secrets = new SecretRegister();
  secrets.add(new Secret(secret));
  const path = join(directory, name);
  const runtime = { stdout, signal: new AbortController().signal, ...(process.getuid && { uid: process.getuid() }) };
  const places: readonly (readonly [Destination, () => Promise<string>])[] = [
    [{ kind: 'stdout' }, async () => String(stdout.read() ?? '')],
    [{ kind: 'file', path, clobber: true }, () => readFile(path, 'utf8')],
  ];
  return { writing: { runtime, secrets }, places };
}

describe('to stdout and to a file', () => {
  test.each([
    ['that ends like the beginning of a secret', 'rows canary-01234', 'rows canary-01234'],
    ['that ends with a secret', `rows ${secret}`, 'rows [redacted]'],
    ['with a secret inside', `rows ${secret} more`, 'rows [redacted] more'],
  ])('a result %s', async (name, result, expected) => {
    const { writing, places } = stage(name);
    for (const [destination, text] of places) {
      expect(await writeResult(writing, destination, result)).toBe('ok');
      expect(await text()).toBe(expected);
    }
  });

  test('a secret that comes in two pieces', async () => {
    const { writing, places } = stage('pieces');
    for (const [destination, text] of places) {
      const { sink, commit } = await openOutput(writing, destination);
      await sink.write(`rows ${secret.slice(0, 9)}`);
      await sink.write(`${secret.slice(9)}\ncanary`);
      await commit();
      expect(await text()).toBe('rows [redacted]\ncanary');
    }
  });
});

test('what is held back goes before the commit, and nowhere when the output is given up', async () => {
  const done: string[] = [];
  const inner = {
    offset: 0,
    write: async (chunk: string | Uint8Array) => void done.push(String(Buffer.from(chunk))),
    commit: async () => void done.push('commit'),
    abandon: async () => void done.push('abandon'),
  };
  const holding = () => ({ push: () => new Uint8Array(), end: () => Buffer.from('held') });
  const kept = filtered(inner, holding());
  await kept.write('x');
  await kept.commit();
  const given = filtered(inner, holding());
  await given.write('x');
  await given.abandon();
  expect(done).toEqual(['held', 'commit', 'abandon']);
});
