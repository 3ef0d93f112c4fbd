// One lookup at each provider, from the embedded sandbox in a process of its own; and one over https with an authority of the profile.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cleanEnvironment, configFor, folder, keys, launcher, measure, startServer } from '../measure.js';

const node = process.execPath;
const get = fileURLToPath(new URL('../get.cjs', import.meta.url));
const documented = {
  ekuaibao: ['repayment-records', 'ID_3HV7_Hq1zKw'],
  finlend: ['customer-repayments', '123e4567-e89b-12d3-a456-426614174000'],
  crego: ['record', '229fe24c-d840-48dc-959a-e0ff1479df35'],
  qitech: ['wallet-entry', 'f47ac10b-58cc-4372-a567-0e02b2c3d479', '8cb70dea-9fb0-4a68-9572-99a72849c8d6'],
  interlace: ['account-repayment'],
};

export async function lookups(report) {
  const sandbox = spawn(node, [launcher, 'sandbox', '--json'], { stdio: ['ignore', 'pipe', 'ignore'], env: cleanEnvironment() });
  try {
    const [text] = await once(sandbox.stdout, 'data');
    const config = JSON.parse(text);
    const file = join(folder, 'sandbox.json');
    writeFileSync(file, text, { mode: 0o600 });
    const commands = { 'node -e 0': [node, '-e', '0'] };
    for (const [provider, words] of Object.entries(documented)) {
      const call = [node, launcher, provider, ...words];
      const variables = variablesOf(provider, config.profiles[provider]);
      for (const [format, flag] of [
        ['json', ['--json']],
        ['table', []],
      ]) {
        commands[`${provider}, ${format}, environment`] = ['env', '-u', 'LOANQ_CONFIG', ...variables, ...call, ...flag];
        commands[`${provider}, ${format}, config file`] = [...call, ...flag];
      }
    }
    const runs = measure(commands, 5, { LOANQ_CONFIG: file, XDG_STATE_HOME: folder });
    report.add({ id: 'lookups', title: 'One lookup at each provider', base: 'node -e 0', runs });
  } finally {
    sandbox.kill();
  }
}

/** A profile as variables. */
function variablesOf(provider, { baseUrl, credentials, ...settings }) {
  const spell = name =>
    `LOANQ_${provider.toUpperCase()}_${name
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replaceAll('-', '_')
      .toUpperCase()}`;
  const { provider: _provider, paths = {}, ...others } = settings;
  const given = {
    baseUrl,
    ...credentials,
    ...others,
    ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [`paths-${name}`, path])),
  };
  return Object.entries(given).map(([name, value]) => `${spell(name)}=${value}`);
}

export async function secure(report) {
  const { key, cert } = await makeCertificate();
  const server = await startServer({ key, cert });
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, cert, { mode: 0o600 });
  const url = server.url.replace('http:', 'https:');
  const [id] = keys(1);
  try {
    const commands = {
      'https.get script': [node, get, `${url}/v1/lms/records/${id}/?expand=payouts`, authority],
      'lookup, https, caFile': [node, launcher, 'crego', 'record', id, '--json'],
    };
    const runs = measure(commands, 10, configFor(url, { caFile: authority }));
    report.add({ id: 'secure', title: 'One lookup over https', base: 'https.get script', runs, goals: { 'lookup, https, caFile': 1.5 } });
  } finally {
    server.stop();
  }
}

/** By the tests' own maker of certificates, which this Node may not be able to read as it stands. */
async function makeCertificate() {
  const scratch = mkdtempSync(join(tmpdir(), 'loanq-bench-'));
  try {
    const outfile = join(scratch, 'certificates.mjs');
    const entry = fileURLToPath(new URL('../../test/servers/certificates.ts', import.meta.url));
    await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' });
    return (await import(pathToFileURL(outfile).href)).issueCertificate({ names: ['127.0.0.1', 'localhost'] });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
