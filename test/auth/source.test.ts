import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCredentialReader } from '../../src/auth/credential-reader.ts';
import { createFilter, SecretRegister } from '../../src/auth/secret.ts';
import { makeProfile } from '../../src/config/profile.ts';
import { finlend, qitech } from '../config/providers.ts';
import { canary, sourceStage, wanted } from './source-stage.ts';

const { contextWith, refusal, root, value, write } = sourceStage();
const env = (name: string) => ({ kind: 'env', name }) as const;
const file = (path: string) => ({ kind: 'file', path }) as const;
const literal = (text: string) => ({ kind: 'literal', read: () => text }) as const;
const variable = (text: string) => contextWith({ env: { TOKEN: text } });

describe('a variable', () => {
  it('gives its value', async () => {
    expect(await value(env('TOKEN'), variable('a b-c=='))).toBe('a b-c==');
  });

  it('may not end with a line break', async () => {
    expect(await refusal(env('TOKEN'), variable(`${canary}\n`))).toBe('the token of profile "crego" (env) holds a line break');
    expect(await refusal(env('TOKEN'), variable(`${canary}\r`))).toBe('the token of profile "crego" (env) holds a line break');
  });

  it('must be set and not empty', async () => {
    const again = 'set it and try again: read -rs TOKEN && export TOKEN';
    expect(await refusal(env('TOKEN'))).toBe(`the variable TOKEN is not set (token of profile "crego") | ${again}`);
    expect(await refusal(env('TOKEN'), variable(''))).toBe(`the variable TOKEN is empty (token of profile "crego") | ${again}`);
  });
});

describe('values that cannot be sent are refused, never quoted', () => {
  it.each([
    [`${canary}\nx`, 'holds a line break'],
    [`${canary}\rx`, 'holds a line break'],
    [`${canary}\r\nx-evil: 1`, 'holds a line break'],
    [`${canary}\0`, 'holds a NUL character'],
    [`${canary}\u0007`, 'holds a control character'],
    [`${canary}\t`, 'holds a control character'],
    [`${canary}\u007f`, 'holds a control character'],
    [`${canary}é`, 'holds a character that is not ASCII'],
    [`${canary}\u200b`, 'holds a character that is not ASCII'],
    [` ${canary}`, 'begins or ends with a blank'],
    [`${canary} `, 'begins or ends with a blank'],
    [`\uFEFF${canary}`, 'begins with a byte order mark'],
    ['  ', 'is empty'],
  ])('%j', async (text, fault) => {
    expect(await refusal(env('TOKEN'), variable(text))).toBe(`the token of profile "crego" (env) ${fault}`);
    expect(await refusal(literal(text))).toBe(`the token of profile "crego" (literal) ${fault}`);
    expect(await refusal(file(write('value', `${text}\n`)))).toBe(`the token of profile "crego" (file) ${fault}`);
  });

  it('lets PEM have lines, and nothing else that is refused', async () => {
    const pem = generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).privateKey.export({ type: 'sec1', format: 'pem' }).toString();
    const key = { ...wanted, pem: true };
    expect(await value(file(write('key.pem', pem)), contextWith(), key)).toBe(pem.trimEnd());
    expect(await value(env('TOKEN'), variable(pem.replaceAll('\n', '\r\n')), key)).toContain('BEGIN EC PRIVATE KEY');
    expect(await refusal(file(write('key.pem', pem)))).toBe('the token of profile "crego" (file) holds a line break');
    expect(await refusal(env('TOKEN'), variable(`\uFEFF${pem}`), key)).toBe(
      'the token of profile "crego" (env) begins with a byte order mark',
    );
    expect(await refusal(env('TOKEN'), variable(`${pem}\0`), key)).toBe('the token of profile "crego" (env) holds a NUL character');
  });
});

describe('a file', () => {
  it('gives its content without one line break at the end', async () => {
    expect(await value(file(write('t', canary)))).toBe(canary);
    expect(await value(file(write('t', `${canary}\n`)))).toBe(canary);
    expect(await value(file(write('t', `${canary}\r\n`)))).toBe(canary);
    expect(await refusal(file(write('t', `${canary}\n\n`)))).toBe('the token of profile "crego" (file) holds a line break');
  });

  it('must be text', async () => {
    expect(await refusal(file(write('t', Buffer.from([0xff, 0xfe, 0x61]))))).toBe('the token of profile "crego" (file) is not UTF-8 text');
    expect(await refusal(file(write('t', '')))).toBe('the token of profile "crego" (file) is empty');
    expect(await refusal(file(write('t', 'x'.repeat(65 * 1024))))).toBe(`${root}/t is larger than 64 KiB`);
    expect(await refusal(file(`${root}/missing`))).toBe(`cannot read ${root}/missing: it does not exist`);
  });

  it.each([
    [0o600, undefined],
    [0o400, undefined],
    [0o640, 'holds a secret, but other users may read it (mode 0640)'],
    [0o644, 'holds a secret, but other users may read it (mode 0644)'],
    [0o604, 'holds a secret, but other users may read it (mode 0604)'],
    [0o620, 'can be changed by other users (mode 0620)'],
    [0o666, 'can be changed by other users (mode 0666)'],
  ])('of mode %o', async (mode, fault) => {
    const path = write('modes', canary, mode);
    if (fault === undefined) expect(await value(file(path))).toBe(canary);
    else expect(await refusal(file(path))).toBe(`${path} ${fault} | run: chmod 600 ${path}`);
  });

  it('that is no secret may be read by others, but not changed', async () => {
    const open = { ...wanted, open: true };
    expect(await value(file(write('open', 'MIGb', 0o644)), contextWith(), open)).toBe('MIGb');
    expect(await refusal(file(write('open', 'MIGb', 0o664)), contextWith(), open)).toContain('can be changed by other users (mode 0664)');
  });

  it('is not waited for', async () => {
    const fifo = `${root}/fifo`;
    execFileSync('mkfifo', ['-m', '600', fifo]);
    expect(await refusal(file(fifo))).toBe(`${fifo} is not a regular file`);
  });
});

describe('a profile', () => {
  const base = { directory: root, home: root, platform: 'linux' } as const;
  const profile = makeProfile(
    'f',
    {
      provider: 'finlend',
      credentials: { email: 'ops@example.com', password: `file:${write('password', canary)}` },
      publicKey: `file:${write('pub', 'MIGbMBAGByqGSM49', 0o644)}`,
    },
    finlend,
    base,
    `${root}/config.json`,
  );

  it('has its credentials read by name; only secret ones are masked', async () => {
    const register = new SecretRegister();
    const context = contextWith({ register });
    const reader = createCredentialReader(profile, finlend, context);
    expect(['email', 'password', 'token', 'toString'].map(reader.has)).toEqual([true, true, false, false]);
    expect((await reader.read('email')).reveal()).toBe('ops@example.com');
    expect((await reader.read('password')).reveal()).toBe(canary);
    await expect(reader.read('toString')).rejects.toThrow('there is no toString of profile "f"');
    expect(['publicKey', 'qiPublicKey'].map(reader.hasKey)).toEqual([true, false]);
    expect((await reader.readKey('publicKey')).reveal()).toBe('MIGbMBAGByqGSM49');
    await expect(reader.readKey('qiPublicKey')).rejects.toThrow('there is no qiPublicKey of profile "f"');
    expect(createFilter(register)(`ops@example.com ${canary} MIGbMBAGByqGSM49`)).toBe('ops@example.com [redacted] MIGbMBAGByqGSM49');
  });

  it('says which credential failed', async () => {
    const signed = makeProfile(
      'q',
      { provider: 'qitech', credentials: { clientKey: 'env:QI_KEY', privateKey: 'file:q.pem' } },
      qitech,
      base,
      'x',
    );
    const reader = createCredentialReader(signed, qitech, contextWith());
    await expect(reader.read('clientKey')).rejects.toThrow('the variable QI_KEY is not set (clientKey of profile "q")');
    await expect(reader.read('privateKey')).rejects.toThrow(`cannot read ${root}/q.pem: it does not exist`);
  });
});
