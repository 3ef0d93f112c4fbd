// In which language the built program speaks, and what it reads for that.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { run } from '../runner/run.ts';

const home = await sharedHome();
const unknown = '00000000-0000-4000-8000-000000000000';

/** Every pack that the program opened, beside what it did. */
async function opened(args: readonly string[], env: NodeJS.ProcessEnv) {
  const probe = join(home.cwd, 'probe.cjs');
  const list = join(home.cwd, 'opened.json');
  await writeFile(
    probe,
    `const fs=require('node:fs'),read=fs.readFileSync,seen=[];fs.readFileSync=function(path,...rest){seen.push(String(path));return read.call(this,path,...rest)};process.on('exit',()=>fs.writeFileSync(${JSON.stringify(list)},JSON.stringify(seen)));`,
  );
  const ran = await run(args, { home, env: { ...env, NODE_OPTIONS: `--require ${probe}`, NODE_DISABLE_COMPILE_CACHE: '1' } });
  const packs = (JSON.parse(await readFile(list, 'utf8')) as string[]).filter(path => /[/]dist[/]/.test(path));
  return { ...ran, phrases: packs.map(path => path.replace(/^.*[/]/, '')).filter(name => /words/.test(name)), packs };
}

test.each<[readonly string[], NodeJS.ProcessEnv, string]>([
  [['explain', '--lang', 'pt', 'nope-1'], {}, 'erro: '],
  [['--lang=zh', 'explain', 'nope-1'], { LANG: 'pt_BR.UTF-8' }, '错误：'],
  [['explain', 'nope-1'], { LANG: 'zh_CN.UTF-8' }, '错误：'],
  [['explain', 'nope-1'], { LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' }, 'error: '],
  [['explain', 'nope-1', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' }, 'error: '],
  // Before the options are known, too.
  [['no-such-command'], { LANG: 'zh_CN.UTF-8' }, '错误：'],
  [['crego', 'record', '--lang', 'pt', '--no-such-option'], {}, 'erro: '],
  [['crego', 'record', '--no-such-option', '--', '--lang', 'pt'], {}, 'error: '],
])('%j %j begins with %s', async (args, env, label) => {
  const { stderr, stdout } = await run(args, { home, env });
  expect([stderr.slice(0, label.length), stdout]).toEqual([label, '']);
});

test.each([
  ['zh', '错误：crego record: 缺少 ids：记录标识\n提示：loanq crego record <ids...>\n'],
  ['pt', 'erro: crego record: falta ids: ids de registros\ndica: loanq crego record <ids...>\n'],
])('a key that is missing is said in %s to the end', async (language, said) => {
  expect((await run(['crego', 'record', '--lang', language], { home })).stderr).toBe(said);
});

test('JSON errors are English in every language', async () => {
  const args = ['crego', 'record', unknown, '--sandbox', '--error-format', 'json'];
  const [zh, en] = await Promise.all([run([...args, '--lang', 'zh'], { home }), run(args, { home })]);
  expect(JSON.parse(zh.stderr.trimEnd().split('\n').at(-1) ?? '')).toEqual(JSON.parse(en.stderr.trimEnd().split('\n').at(-1) ?? ''));
  expect(zh.code).toBe(21);
});

test('a run that says nothing reads no phrases, one that does reads those of its language', async () => {
  const record = ['crego', 'record', '229fe24c-d840-48dc-959a-e0ff1479df35', '--json', '-q'];
  const sandbox = [...record, '--sandbox'];
  const good = await opened(sandbox, { LANG: 'zh_CN.UTF-8' });
  expect([good.code, good.stderr, good.phrases, good.packs.length > 2]).toEqual([0, '', [], true]);
  const bad = await opened(['crego', 'record', unknown, '--sandbox'], { LANG: 'zh_CN.UTF-8' });
  expect([bad.code, bad.phrases]).toEqual([21, ['lang-words.js', 'lang-zh-words.js']]);
  const json = await opened(['crego', 'record', unknown, '--sandbox', '-q', '--error-format', 'json'], { LANG: 'zh_CN.UTF-8' });
  expect([json.code, json.phrases]).toEqual([21, []]);
  const english = await opened(['crego', 'record', unknown, '--sandbox'], {});
  expect([english.code, english.phrases]).toEqual([21, []]);
});

test.each<[object, string, string, string]>([
  [
    { provider: 'crego', credentials: { token: 'env:T' }, retries: 500 },
    'profiles.a.retries must be a whole number from 0 to 100',
    'profiles.a.retries 必须是 0 到 100 之间的整数',
    'profiles.a.retries deve ser um número inteiro de 0 a 100',
  ],
  [
    { provider: 'crego', credentials: {} },
    'profiles.a.credentials must hold token',
    'profiles.a.credentials 必须包含 token',
    'profiles.a.credentials deve conter token',
  ],
  [
    { provider: 'crego', credentials: { token: 'env:T' }, basUrl: '' },
    'in profiles.a: unknown key "basUrl" (did you mean "baseUrl"?)',
    '在 profiles.a 中：未知的键 "basUrl"（是不是 "baseUrl"？）',
    'em profiles.a: chave desconhecida "basUrl" (você quis dizer "baseUrl"?)',
  ],
])('a fault of the configuration is told in the language: %j', async (profile, ...told) => {
  const file = join(home.cwd, 'faulty.json');
  await writeFile(file, JSON.stringify({ profiles: { a: profile } }), { mode: 0o600 });
  const said: string[] = [];
  for (const lang of ['en', 'zh', 'pt']) {
    const { stderr, code } = await run(['config', 'check', '--config', file, '--lang', lang], { home });
    expect(code).toBe(20);
    said.push(stderr.split('\n')[0] ?? '');
  }
  expect(said.map((line, at) => [line.endsWith(told[at] ?? ''), line])).toEqual(said.map(line => [true, line]));
});
