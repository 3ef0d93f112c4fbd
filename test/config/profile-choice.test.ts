import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, loadConfig } from '../../src/config/config.ts';
import { chooseProfile } from '../../src/config/profile-choice.ts';
import { describeSource } from '../../src/config/secret-source.ts';
import { crego, ekuaibao, finlend, interlace, qitech } from './providers.ts';
import { loading, refusal, scratchDirectory, writeMode } from './scratch.ts';

const root = scratchDirectory();
const linux = { home: '/home/u', platform: 'linux' } as const;
let count = 0;

function load(text: string): Promise<Config> {
  count += 1;
  return loadConfig(writeMode(join(root, `c${count}.yaml`), text), loading);
}

const two = `
profiles:
  ekb: {provider: ekuaibao, credentials: {accessToken: "env:T"}}
  preprod: {provider: crego, credentials: {token: "env:T"}}
  live: {provider: crego, credentials: {token: "env:T"}}
`;

describe('which profile', () => {
  it('takes --profile, then LOANQ_PROFILE, then the default, then the only one', async () => {
    const config = await load(`defaults: {crego: live}${two}`);
    const name = async (flag: string | undefined, env: Record<string, string>, provider = crego) =>
      (await chooseProfile({ ...linux, config, provider, env, ...(flag !== undefined && { flag }) })).name;
    expect(await name('preprod', { LOANQ_PROFILE: 'live' })).toBe('preprod');
    expect(await name(undefined, { LOANQ_PROFILE: 'preprod' })).toBe('preprod');
    expect(await name(undefined, { LOANQ_PROFILE: '' })).toBe('live');
    expect(await name(undefined, {})).toBe('live');
    expect(await name(undefined, {}, ekuaibao)).toBe('ekb');
  });

  it('prefers a configured profile to the environment', async () => {
    const config = await load(two);
    const env = { LOANQ_EKUAIBAO_ACCESS_TOKEN: 'x' };
    expect(await chooseProfile({ ...linux, config, provider: ekuaibao, env })).toMatchObject({ name: 'ekb', source: config.path });
  });

  it('must be chosen when there are several', async () => {
    const config = await load(two);
    expect(await refusal(() => chooseProfile({ ...linux, config, provider: crego, env: {} }))).toBe(
      `crego has several profiles: preprod, live | choose one with --profile, or name it in "defaults" of ${config.path}`,
    );
  });

  it('is never silently another one', async () => {
    const config = await load(`defaults: {crego: live}${two}`);
    const choose = (flag: string | undefined, env: Record<string, string>, provider = crego) =>
      refusal(() => chooseProfile({ ...linux, config, provider, env, ...(flag !== undefined && { flag }) }));
    expect(await choose('ekb', {})).toBe('profile "ekb" is for ekuaibao, not crego | profiles that fit: preprod, live');
    expect(await choose(undefined, { LOANQ_PROFILE: 'ekb' })).toBe(
      'profile "ekb" is for ekuaibao, not crego | profiles that fit: preprod, live',
    );
    expect(await choose('prepord', {})).toBe('there is no profile "prepord" | did you mean "preprod"?');
    expect(await choose(undefined, { LOANQ_PROFILE: 'x\u001b[31m' })).toBe(
      'there is no profile "x\\u001b[31m" (named by LOANQ_PROFILE) | profiles that fit: preprod, live',
    );
    expect(await choose('toString', {})).toBe('there is no profile "toString" | profiles that fit: preprod, live');
    expect(await choose('live', {}, finlend)).toBe('profile "live" is for crego, not finlend');
    expect(await choose('other', { LOANQ_CREGO_TOKEN: 'x' })).toContain('there is no profile "other"');
  });

  it('is missing without configuration and variables', async () => {
    expect(await refusal(() => chooseProfile({ ...linux, config: undefined, provider: ekuaibao, env: {} }))).toBe(
      'there is no profile for ekuaibao, nor any config file | run "loanq config init", or set LOANQ_EKUAIBAO_ACCESS_TOKEN, or LOANQ_EKUAIBAO_APP_KEY and LOANQ_EKUAIBAO_APP_SECURITY; --sandbox needs none',
    );
    const config = await load(two);
    expect(await refusal(() => chooseProfile({ ...linux, config, provider: qitech, env: {} }))).toBe(
      `there is no profile for qitech in ${config.path} | run "loanq config init", or set LOANQ_QITECH_CLIENT_KEY and LOANQ_QITECH_PRIVATE_KEY; --sandbox needs none`,
    );
  });
});

describe('the profile the environment makes', () => {
  const choose = (provider: typeof crego, env: Record<string, string>, flag?: string) =>
    chooseProfile({ ...linux, config: undefined, provider, env, ...(flag !== undefined && { flag }) });

  it('leaves each value in its variable', async () => {
    expect(await choose(crego, { LOANQ_CREGO_TOKEN: 'canary', LOANQ_CREGO_BASE_URL: 'http://localhost:1/' })).toEqual({
      name: 'env',
      provider: 'crego',
      baseUrl: 'http://localhost:1',
      credentials: { token: { kind: 'env', name: 'LOANQ_CREGO_TOKEN' } },
      settings: {},
      paths: {},
      keys: {},
      source: 'environment',
    });
  });

  it('knows every documented variable', async () => {
    expect(
      Object.keys(
        (await choose(ekuaibao, { LOANQ_EKUAIBAO_APP_KEY: 'a', LOANQ_EKUAIBAO_APP_SECURITY: 'b', LOANQ_EKUAIBAO_PACK_SIZE: '5' }))
          .credentials,
      ),
    ).toEqual(['appKey', 'appSecurity']);
    const login = await choose(finlend, {
      LOANQ_FINLEND_EMAIL: 'a@b.c',
      LOANQ_FINLEND_PASSWORD: 'b',
      LOANQ_FINLEND_CUSTOMER_IP: '203.0.113.7',
    });
    expect(login.settings).toEqual({ customerIp: '203.0.113.7' });
    expect((await choose(interlace, { LOANQ_INTERLACE_CLIENT_ID: 'i', LOANQ_INTERLACE_PATHS_BATCH_HOOK: '/hook' })).paths).toEqual({
      'batch-hook': '/hook',
    });
    const signed = await choose(qitech, {
      LOANQ_QITECH_CLIENT_KEY: 'k',
      LOANQ_QITECH_PRIVATE_KEY: 'file:~/q.pem',
      LOANQ_QITECH_QI_PUBLIC_KEY: 'MIGb',
    });
    expect(signed.credentials.privateKey).toEqual({ kind: 'file', path: '/home/u/q.pem' });
    expect(signed.keys).toEqual({ qiPublicKey: { kind: 'env', name: 'LOANQ_QITECH_QI_PUBLIC_KEY' } });
  });

  it('may be named', async () => {
    expect((await choose(crego, { LOANQ_CREGO_TOKEN: 'x' }, 'env')).name).toBe('env');
    expect(await refusal(() => choose(crego, { LOANQ_CREGO_TOKEN: 'x' }, 'other'))).toBe('there is no profile "other"');
  });

  it.each([
    [
      ekuaibao,
      { LOANQ_EKUAIBAO_APP_KEY: 'a' },
      'the environment must hold LOANQ_EKUAIBAO_ACCESS_TOKEN, or LOANQ_EKUAIBAO_APP_KEY and LOANQ_EKUAIBAO_APP_SECURITY',
    ],
    [crego, { LOANQ_CREGO_BASE_URL: 'https://x.example' }, 'the environment must hold LOANQ_CREGO_TOKEN'],
    [
      finlend,
      { LOANQ_FINLEND_TOKEN: 't', LOANQ_FINLEND_EMAIL: 'e' },
      'the environment must hold only one of: LOANQ_FINLEND_TOKEN, or LOANQ_FINLEND_EMAIL and LOANQ_FINLEND_PASSWORD',
    ],
    [crego, { LOANQ_CREGO_TOKNE: 't' }, 'the variable LOANQ_CREGO_TOKNE has no meaning | did you mean "LOANQ_CREGO_TOKEN"?'],
    [
      crego,
      { LOANQ_CREGO_TOKEN: 't', LOANQ_CREGO_BASE_URL: 'http://u:canary@x.example' },
      'LOANQ_CREGO_BASE_URL must not hold a user name or password',
    ],
    [finlend, { LOANQ_FINLEND_TOKEN: 't', LOANQ_FINLEND_CUSTOMER_IP: 'canary' }, 'LOANQ_FINLEND_CUSTOMER_IP must be an IP address'],
    [
      ekuaibao,
      { LOANQ_EKUAIBAO_ACCESS_TOKEN: 't', LOANQ_EKUAIBAO_PACK_SIZE: 'canary' },
      'LOANQ_EKUAIBAO_PACK_SIZE must be a whole number from 1 to 20',
    ],
    [crego, { LOANQ_CREGO_TOKEN: 'file:token.txt' }, 'a file: reference in a variable must be an absolute path or begin with ~/'],
    [crego, { LOANQ_CREGO_TOKEN: 'env:A-B' }, 'LOANQ_CREGO_TOKEN must name a variable after env:'],
    [
      crego,
      { LOANQ_CREGO_TOKEN: '' },
      'there is no profile for crego, nor any config file | run "loanq config init", or set LOANQ_CREGO_TOKEN; --sandbox needs none',
    ],
  ] as const)('%o %o', async (provider, env, expected) => {
    const said = await refusal(() => choose(provider, env));
    expect(said).toBe(expected);
    expect(said).not.toContain('canary');
  });
});

describe('where a secret comes from', () => {
  it('can be told without telling it', async () => {
    const config = await load(
      [
        'profiles:',
        '  a: {provider: ekuaibao, credentials: {appKey: "keyring:ekb", appSecurity: canary-secret}}',
        '  b: {provider: qitech, credentials: {clientKey: {command: [/usr/bin/op, read, x]}, privateKey: "file:q.pem"}}',
        '  c: {provider: crego, credentials: {token: "env:T"}}',
      ].join('\n'),
    );
    const told = [...config.profiles.values()].flatMap(entry => Object.values(entry.open().credentials).map(describeSource));
    expect(told).toEqual(['keyring account ekb', 'the config file itself', 'command /usr/bin/op', `file ${root}/q.pem`, 'variable T']);
  });
});
