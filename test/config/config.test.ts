import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { providers } from './providers.ts';
import { loading, refusal, scratchDirectory, writeMode } from './scratch.ts';

const root = scratchDirectory();
const canary = 'canary-5up3r-secret';
let count = 0;

function file(text: string): string {
  count += 1;
  return writeMode(join(root, `c${count}.yaml`), text);
}

async function refused(text: string): Promise<string> {
  const path = file(text);
  const said = await refusal(() => loadConfig(path, loading));
  expect(said).not.toContain(canary);
  return said.replaceAll(path, 'FILE');
}

const crego = (lines: string): string => `profiles:\n  c:\n    provider: crego\n    credentials: {token: "env:T"}\n    ${lines}\n`;
const token = (value: string): string => `profiles:\n  c:\n    provider: crego\n    credentials:\n      token: ${value}\n`;

describe('unknown keys come with the closest known one', () => {
  it.each([
    ['profles: {}', 'FILE, line 1: unknown key "profles" (did you mean "profiles"?)'],
    [crego('timeuot: 3'), 'FILE, line 5: in profiles.c: unknown key "timeuot" (did you mean "timeout"?)'],
    [
      'profiles: {c: {provider: crego, credentails: {token: "env:T"}}}',
      'FILE, line 1: in profiles.c: unknown key "credentails" (did you mean "credentials"?)',
    ],
    [
      'profiles: {e: {provider: ekuaibao, credentials: {appKey: "env:A", appSecret: "env:B"}}}',
      'FILE, line 1: in profiles.e.credentials: unknown key "appSecret" (did you mean "appSecurity"?)',
    ],
    [
      'profiles: {c: {provider: crego, credentials: {token: {comand: [/bin/op]}}}}',
      'FILE, line 1: in profiles.c.credentials.token: unknown key "comand" (did you mean "command"?)',
    ],
    ['defaults: {creggo: c}', 'FILE, line 1: in defaults: unknown key "creggo" (did you mean "crego"?)'],
    [
      'profiles: {i: {provider: interlace, credentials: {clientId: x}, paths: {account-repaiment: /x}}}',
      'FILE, line 1: in profiles.i.paths: unknown key "account-repaiment" (did you mean "account-repayment"?)',
    ],
    [
      'profiles: {c: {provider: crego, credentials: {accessToken: "env:T"}}}',
      'FILE, line 1: in profiles.c.credentials: unknown key "accessToken" (known: token)',
    ],
    [
      crego('packSize: 3'),
      'FILE, line 5: in profiles.c: unknown key "packSize" (known: provider, credentials, baseUrl, timeout, retries, maxRate, concurrency, caFile, tz, environment, output, showPersonal, lang)',
    ],
  ])('%s', async (text, expected) => {
    expect(await refused(text)).toBe(expected);
  });
});

describe('text must be text', () => {
  it.each(['0012', '1e5', '12345678901234567890', '2024-01-15', 'true', '0x1F', '.inf'])('%s', async value => {
    expect(await refused(token(value))).toMatch(/^FILE, line 5: profiles\.c\.credentials\.token must be text: put it in quotes$/);
  });

  it('has a value', async () => {
    expect(await refused(token(''))).toBe('FILE, line 5: profiles.c.credentials.token is empty');
    expect(await refused(token('""'))).toBe('FILE, line 5: profiles.c.credentials.token is empty');
    expect(await refused(token('[x]'))).toBe('FILE, line 5: profiles.c.credentials.token must be text');
  });

  it('keeps quoted digits as they are', async () => {
    const path = file(token('"env:T0012"'));
    const profile = (await loadConfig(path, loading)).profiles.get('c')?.open();
    expect(profile?.credentials).toEqual({ token: { kind: 'env', name: 'T0012' } });
  });
});

describe('values', () => {
  it.each([
    [crego('timeout: "30"'), 'FILE, line 5: profiles.c.timeout must be a number from 0.1 to 86400'],
    [crego('timeout: 0'), 'FILE, line 5: profiles.c.timeout must be a number from 0.1 to 86400'],
    [crego('timeout: .inf'), 'FILE, line 5: profiles.c.timeout must be a number from 0.1 to 86400'],
    [crego('retries: 1.5'), 'FILE, line 5: profiles.c.retries must be a whole number from 0 to 100'],
    [crego('retries: -1'), 'FILE, line 5: profiles.c.retries must be a whole number from 0 to 100'],
    [crego('maxRate: .nan'), 'FILE, line 5: profiles.c.maxRate must be a number from 0.01 to 10000'],
    [crego('concurrency: 65'), 'FILE, line 5: profiles.c.concurrency must be a whole number from 1 to 64'],
    [crego('output: xml'), 'FILE, line 5: profiles.c.output must be one of table, record, json, ndjson, csv, tsv, markdown'],
    [crego('showPersonal: yes'), 'FILE, line 5: profiles.c.showPersonal must be true or false'],
    [crego('lang: de'), 'FILE, line 5: profiles.c.lang must be one of en, zh, pt'],
    [crego('tz: Mars/Olympus'), 'FILE, line 5: profiles.c.tz must be a time zone such as Europe/Lisbon or UTC'],
    [crego('caFile: ""'), 'FILE, line 5: profiles.c.caFile is empty'],
    [crego(`baseUrl: "https://u:${canary}@x.example"`), 'FILE, line 5: profiles.c.baseUrl must not hold a user name or password'],
    [crego('baseUrl: 3'), 'FILE, line 5: profiles.c.baseUrl must be text: put it in quotes'],
    [
      'profiles: {f: {provider: finlend, credentials: {token: "env:T"}, customerIp: 203.0.113}}',
      'FILE, line 1: profiles.f.customerIp must be an IP address',
    ],
    [
      'profiles: {e: {provider: ekuaibao, credentials: {accessToken: "env:T"}, packSize: 21}}',
      'FILE, line 1: profiles.e.packSize must be a whole number from 1 to 20',
    ],
    [
      'profiles: {q: {provider: qitech, credentials: {clientKey: "env:K", privateKey: "file:k"}, signing: v1}}',
      'FILE, line 1: profiles.q.signing must be one of v2, legacy',
    ],
    [
      'profiles: {i: {provider: interlace, credentials: {clientId: x}, paths: {batch-hook: hook}}}',
      'FILE, line 1: profiles.i.paths.batch-hook must be a path that begins with one /',
    ],
    [
      'profiles: {i: {provider: interlace, credentials: {clientId: x}, paths: {batch-hook: //evil.example}}}',
      'FILE, line 1: profiles.i.paths.batch-hook must be a path that begins with one /',
    ],
    [
      'profiles: {i: {provider: interlace, credentials: {clientId: x}, paths: {batch-hook: "/a?b"}}}',
      'FILE, line 1: profiles.i.paths.batch-hook must have name=value parts after its ?',
    ],
    [
      'profiles: {i: {provider: interlace, credentials: {clientId: x}, paths: {batch-hook: "/a?b=1#c"}}}',
      'FILE, line 1: profiles.i.paths.batch-hook must not hold blanks, backslashes or #',
    ],
    [
      'profiles: {i: {provider: interlace, credentials: {clientId: x}, paths: {batch-hook: "/a?b=1&c=2=3"}}}',
      'FILE, line 1: profiles.i.paths.batch-hook must have name=value parts after its ?',
    ],
    [
      'profiles: {i: {provider: interlace, credentials: {clientId: x}, paths: {batch-hook: "/a/..?b=1"}}}',
      'FILE, line 1: profiles.i.paths.batch-hook must not hold . or .. as a step',
    ],
    [
      'profiles: {i: {provider: interlace, credentials: {clientId: x}, paths: {batch-hook: /a/../b}}}',
      'FILE, line 1: profiles.i.paths.batch-hook must not hold . or .. as a step',
    ],
    [
      'profiles: {c: {provider: creggo, credentials: {token: "env:T"}}}',
      'FILE, line 1: profiles.c.provider must be one of ekuaibao, finlend, crego, qitech, interlace',
    ],
    ['profiles: {c: {credentials: {token: "env:T"}}}', 'FILE: profiles.c.provider is missing'],
    ['profiles: {c: {provider: crego}}', 'FILE: profiles.c.credentials is missing'],
    [
      'profiles: {"a b": {provider: crego, credentials: {token: "env:T"}}}',
      'FILE, line 1: profiles."a b" has a name with other characters than letters, digits, - and _',
    ],
    ['profiles: {c: 3}', 'FILE, line 1: profiles.c must be a set of keys'],
    ['profiles: [c]', 'FILE, line 1: profiles must be a set of keys'],
    ['- profiles', 'FILE: the file must be a set of keys'],
    ['audit: ""', 'FILE, line 1: audit is empty'],
  ])('%s', async (text, expected) => {
    expect(await refused(text)).toBe(expected);
  });
});

describe('schemes', () => {
  const ekuaibao = (credentials: string): string => `profiles: {e: {provider: ekuaibao, credentials: ${credentials}}}`;
  it.each([
    [ekuaibao('{}'), 'must hold accessToken, or appKey and appSecurity'],
    [ekuaibao('{appKey: "env:A"}'), 'must hold accessToken, or appKey and appSecurity'],
    [ekuaibao('{accessToken: "env:T", appKey: "env:A"}'), 'must hold only one of: accessToken, or appKey and appSecurity'],
    [
      ekuaibao('{accessToken: "env:T", appKey: "env:A", appSecurity: "env:B"}'),
      'must hold only one of: accessToken, or appKey and appSecurity',
    ],
  ])('%s', async (text, expected) => {
    expect(await refused(text)).toBe(`FILE, line 1: profiles.e.credentials ${expected}`);
  });

  it('may have an optional credential beside', async () => {
    const path = file('profiles: {i: {provider: interlace, credentials: {clientId: x, clientSecret: "env:S"}}}');
    expect(Object.keys((await loadConfig(path, loading)).profiles.get('i')?.open().credentials ?? {})).toEqual([
      'clientId',
      'clientSecret',
    ]);
  });
});

describe('references', () => {
  it.each([
    ['"env:A B"', 'must name a variable after env:'],
    ['"env:"', 'must name a variable after env:'],
    ['"file:"', 'must name a file after file:'],
    ['"keyring:"', 'must name an account after keyring:'],
    ['"ENV:TOKEN"', 'must be written with env: in small letters, without a blank'],
    ['"file :x"', 'must be written with file: in small letters, without a blank'],
    ['"command:/bin/op"', 'must be written as {"command": ["/path/to/program", ...]} to run a command'],
    ['{command: []}', 'must name the program of its command by an absolute path'],
    ['{command: [op, read]}', 'must name the program of its command by an absolute path'],
    ['{command: [~/bin/op]}', 'must name the program of its command by an absolute path'],
  ])('%s', async (value, expected) => {
    expect(await refused(token(value))).toBe(`FILE, line 5: profiles.c.credentials.token ${expected}`);
  });

  it('to a command need a list of texts', async () => {
    expect(await refused(token('{command: /bin/op read}'))).toBe('FILE, line 5: profiles.c.credentials.token.command must be a list');
    expect(await refused(token('{command: [/bin/op, 1]}'))).toBe(
      'FILE: profiles.c.credentials.token.command.1 must be text: put it in quotes',
    );
  });
});

describe('defaults', () => {
  it('name a profile of the same provider', async () => {
    expect(await refused(`defaults: {crego: d}\n${crego('')}`)).toBe(
      'FILE: defaults.crego names a profile that does not exist | did you mean "c"?',
    );
    expect(await refused(`defaults: {finlend: c}\n${crego('')}`)).toBe('FILE: defaults.finlend names a profile that is for crego');
  });
});

describe('a loaded configuration', () => {
  it('resolves paths against the file, and has defaults', async () => {
    const path = file(
      `audit: log/audit.jsonl\n${crego('caFile: ca.pem\n    baseUrl: https://gw.example/crego/\n    timeout: 1.5\n    retries: 0')}`,
    );
    const config = await loadConfig(path, loading);
    expect(config.audit).toBe(join(root, 'log/audit.jsonl'));
    const profile = config.profiles.get('c')?.open();
    expect(profile).toEqual({
      name: 'c',
      provider: 'crego',
      baseUrl: 'https://gw.example/crego',
      credentials: { token: { kind: 'env', name: 'T' } },
      settings: {},
      paths: {},
      keys: {},
      timeoutMs: 1500,
      retries: 0,
      caFile: join(root, 'ca.pem'),
      source: path,
    });
    expect(Object.isFrozen(profile) && Object.isFrozen(profile?.credentials) && Object.isFrozen(profile?.settings)).toBe(true);
  });

  it('keeps settings as text, paths and keys apart', async () => {
    const path = file(
      [
        'profiles:',
        '  e: {provider: ekuaibao, credentials: {accessToken: "env:T"}, packSize: 7}',
        '  q: {provider: qitech, credentials: {clientKey: "env:K", privateKey: "file:q.pem"}, signing: legacy, qiPublicKey: "file:qi.pem"}',
        '  i: {provider: interlace, credentials: {clientId: x}, paths: {batch-hook: /open-api/v3/hook}}',
      ].join('\n'),
    );
    const { profiles } = await loadConfig(path, loading);
    expect(profiles.get('e')?.open().settings).toEqual({ packSize: '7' });
    const qitech = profiles.get('q')?.open();
    expect(qitech?.settings).toEqual({ signing: 'legacy' });
    expect(qitech?.keys).toEqual({ qiPublicKey: { kind: 'file', path: join(root, 'qi.pem') } });
    expect(profiles.get('i')?.open().paths).toEqual({ 'batch-hook': '/open-api/v3/hook' });
  });

  it('shows no literal secret in any dump', async () => {
    const config = await loadConfig(file(token(canary)), loading);
    const profile = config.profiles.get('c')?.open();
    for (const thing of [config, profile]) {
      expect(inspect(thing, { depth: 20, showHidden: true }) + JSON.stringify(thing) + String(thing)).not.toContain(canary);
    }
    expect(profile?.credentials.token?.kind).toBe('literal');
  });

  it('does not mistake names of object members for profiles', async () => {
    const config = await loadConfig(file('profiles: {toString: {provider: crego, credentials: {token: "env:T"}}}'), loading);
    expect([...config.profiles.keys()]).toEqual(['toString']);
  });
});

describe('the files that come with loanq', () => {
  it('config.example.json is valid', async () => {
    const path = writeMode(join(root, 'example.json'), readFileSync(new URL('../../config.example.json', import.meta.url)), 0o644);
    const config = await loadConfig(path, loading);
    expect([...config.profiles.keys()]).toEqual(['ekb', 'ekb-token', 'finlend', 'finlend-login', 'crego-preprod', 'qitech', 'interlace']);
    expect([...config.profiles.values()].map(entry => entry.open().baseUrl)).toEqual([
      'https://app.ekuaibao.com',
      'https://app.ekuaibao.com',
      'https://finlend.fincode.software',
      'https://finlend.fincode.software',
      'https://preprod.api.crego.io',
      'https://api-auth.sandbox.qitech.app',
      'https://api-sandbox.interlace.money',
    ]);
  });

  it('an editor finds the schema of the example, which is the packaged file and says so', () => {
    const packaged = (name: string) => new URL(`../../${name}`, import.meta.url);
    const read = (url: URL) => JSON.parse(readFileSync(url, 'utf8'));
    const schemaUrl = new URL(read(packaged('config.example.json')).$schema, packaged('config.example.json'));
    expect(schemaUrl.href).toBe(packaged('config.schema.json').href);
    expect(new URL(read(schemaUrl).$id, schemaUrl).href).toBe(schemaUrl.href);
    expect(read(packaged('package.json')).files).toEqual(expect.arrayContaining(['config.example.json', 'config.schema.json']));
  });

  it('an editor that follows the schema accepts the example, and marks a misspelt key', () => {
    const read = (name: string) => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
    const validate = new Ajv().compile(read('config.schema.json'));
    const example = read('config.example.json');
    expect([validate(example), validate.errors]).toEqual([true, null]);
    expect(validate({ ...example, profles: {} })).toBe(false);
    expect(validate({ profiles: { a: { ...example.profiles['ekb-token'], retires: 1 } } })).toBe(false);
    expect(validate({ profiles: { a: { ...example.profiles['ekb-token'], retries: 101 } } })).toBe(false);
  });

  it('the JSON Schema names every key', () => {
    const schema = configJsonSchema(providers);
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'loanq configuration',
      type: 'object',
      additionalProperties: false,
      properties: {
        defaults: { properties: { ekuaibao: { type: 'string' } }, additionalProperties: false },
        audit: { type: 'string' },
        profiles: {
          propertyNames: { pattern: '^[A-Za-z0-9_-]+$' },
          additionalProperties: {
            oneOf: [
              { properties: { provider: { const: 'ekuaibao' }, packSize: { minimum: 1, maximum: 20, type: 'integer' } } },
              { properties: { provider: { const: 'finlend' }, customerIp: { type: 'string' } } },
              { properties: { provider: { const: 'crego' }, concurrency: { maximum: 64 } } },
              { properties: { provider: { const: 'qitech' }, signing: { enum: ['v2', 'legacy'] } } },
              { properties: { provider: { const: 'interlace' }, paths: { properties: { 'batch-hook': { type: 'string' } } } } },
            ],
          },
        },
      },
    });
    expect(JSON.stringify(schema)).toContain('"token":{"allOf":[{"$ref":"#/definitions/source"}]}');
  });
});
