// What a person reads when something goes wrong: each failure ends in what to do, in three languages; a program reads English.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ownHome, sharedHome } from '../runner/home.ts';
import { profileFor } from '../runner/profiles.ts';
import { startPty } from '../runner/pty.ts';
import { run } from '../runner/run.ts';
import { type Answer, startServer } from '../runner/server.ts';
import { issueCertificate } from '../servers/certificates.ts';
import { startFaultServer } from '../servers/fault-server.ts';
import { type Failure, failures, id } from './failures.ts';

const home = await sharedHome();
let answer: Answer = {};
const server = await startServer(() => answer);
const tls = await startFaultServer({ tls: issueCertificate({ names: ['127.0.0.1'] }) });
const named = (text: string) => text.replaceAll('{id}', id);

/** The home of a run is asked the same in each language, at the same time. */
async function prepare({ answer: given, provider = 'crego', profile, file }: Failure) {
  answer = given === undefined ? {} : { ...given, body: named(String(given.body ?? '')) };
  const more = profile !== undefined && 'baseUrl' in profile && profile.baseUrl === 'TLS' ? { baseUrl: tls.origin } : profile;
  await home.configure({ profiles: { ops: { ...profileFor(provider, server.origin), ...more } } });
  if (file === undefined) return;
  const sample = file.sample && (await readFile(fileURLToPath(new URL(`../../${file.sample}`, import.meta.url)), 'utf8'));
  await writeFile(`${home.cwd}/${file.name}`, sample ?? named(file.text ?? ''));
}

test.each(failures)('$name', async failure => {
  await prepare(failure);
  const { code, args, env = {}, says } = failure;
  const ask = (...more: string[]) => run([...args.map(named), ...more], { home, env });
  const [en, zh, pt, json] = await Promise.all([
    ask('--lang', 'en'),
    ask('--lang', 'zh'),
    ask('--lang', 'pt'),
    ask('--lang', 'zh', '--error-format', 'json'),
  ]);
  const lines = (stderr: string) => {
    const hosts = [server, tls].reduce((text, { origin }) => text.replaceAll(new URL(origin).host, 'HOST'), stderr);
    return hosts.replaceAll(home.path, 'HOME').replaceAll(id, '{id}').trimEnd().split('\n');
  };
  expect({ en: lines(en.stderr), zh: lines(zh.stderr), pt: lines(pt.stderr) }).toEqual(says);
  for (const ran of [en, zh, pt, json]) expect([ran.code, ran.stdout]).toEqual([code, '']);
  const { error } = JSON.parse(lines(json.stderr).at(-1) ?? '');
  expect(says.en.find(line => line.startsWith('error: '))).toContain(error.message);
  expect(says.en.find(line => line.startsWith('hint: '))).toBe(`hint: ${error.hint}`);
});

test('a host name that does not exist', async () => {
  const own = await ownHome();
  await own.configure({ profiles: { ops: profileFor('crego', 'https://preprod.api.crego.invalid') } });
  const { code, stderr } = await run(['crego', 'record', id, '--retries', '0', '--lang', 'pt'], { home: own });
  expect(code).toBe(25);
  // Where there is no name server at all, that is what is wrong.
  expect(stderr).toMatch(/^erro: crego record .*: não é possível acessar preprod\.api\.crego\.invalid: o (?:nome|servidor) /);
  expect(stderr).toMatch(/\ndica: verifique baseUrl do perfil "ops" \(preprod\.api\.crego\.invalid\), a VPN e o proxy\n$/);
});

test('Ctrl-C: what is said begins on a line of its own', async () => {
  const own = await ownHome();
  let asked = () => {};
  const arrived = new Promise<void>(resolve => {
    asked = resolve;
  });
  const silent = await startServer(() => {
    asked();
    return new Promise(() => {});
  });
  await own.configure({ profiles: { ops: profileFor('crego', silent.origin) } });
  const running = startPty(['crego', 'record', id, '--lang', 'zh'], { home: own, env: { NO_COLOR: '1' } });
  await arrived;
  running.type('\x03');
  const { screen } = await running.ended;
  expect(screen.replaceAll('\r', '')).toMatch(/\^C\n错误：.*被 SIGINT 终止\n$/);
  await silent.close();
});
