// How long a person waits: starts of the program beside Node itself, on each Node that is at hand.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configFor, folder, isInstalled, keys, launcher, measure, probe, startServer } from '../measure.js';

/** In each sitting. */
const rounds = 12;
const get = fileURLToPath(new URL('../get.cjs', import.meta.url));

export async function start(report) {
  const server = await startServer();
  try {
    for (const [version, node] of nodes()) measureStarts(report, server.url, version, node);
    peers(report, server.url);
  } finally {
    server.stop();
  }
}

/** The Node that runs this, and those that the tests have brought. */
function nodes() {
  const kept = fileURLToPath(new URL('../../node_modules/.cache/loanq-nodes', import.meta.url));
  const others = existsSync(kept) ? readdirSync(kept).filter(name => /^\d+\.\d+\.\d+$/.test(name)) : [];
  const newest = others.filter(version => !version.startsWith('20.')).sort();
  return [[process.versions.node, process.execPath], ...newest.map(version => [version, join(kept, version)])];
}

function measureStarts(report, url, version, node) {
  const [id] = keys(1);
  const config = configFor(url);
  const loanq = (...args) => [node, launcher, ...args];
  const withEnvironment = (...args) => [
    'env',
    '-u',
    'LOANQ_CONFIG',
    `LOANQ_CREGO_BASE_URL=${url}`,
    'LOANQ_CREGO_TOKEN=bench-token',
    ...loanq(...args),
  ];
  const saved = join(folder, 'answer.json');
  writeFileSync(saved, probeAnswer(loanq('crego', 'record', id, '--raw'), config));
  const commands = {
    'node -e 0': [node, '-e', '0'],
    'http.get script': [node, get, `${url}/v1/lms/records/${id}/?expand=payouts`],
    '--version': loanq('--version'),
    'crego --help': loanq('crego', '--help'),
    'lookup, json, environment': withEnvironment('crego', 'record', id, '--json'),
    'lookup, table, environment': withEnvironment('crego', 'record', id),
    'lookup, json, config file': loanq('crego', 'record', id, '--json'),
    'lookup, table, config file': loanq('crego', 'record', id),
    'saved answer, json': loanq('crego', 'record', '--input', saved, '--json'),
    'config check': loanq('config', 'check'),
    '--dry-run': loanq('crego', 'record', id, '--dry-run'),
    'lookup, nothing kept': ['env', 'NODE_DISABLE_COMPILE_CACHE=1', ...loanq('crego', 'record', id, '--json')],
  };
  const missing = [];
  if (isInstalled('script')) {
    // `script` gives the program a terminal; what it takes itself is in both.
    commands['node -e 0 on a terminal'] = ['script', '-qefc', `${node} -e 0`, '/dev/null'];
    commands['one record on a terminal'] = ['script', '-qefc', `${node} ${launcher} crego record ${id}`, '/dev/null'];
  } else missing.push('script (util-linux)');
  report.add({
    id: `start-${version.split('.')[0]}`,
    title: `Starts, Node ${version}`,
    base: 'node -e 0',
    runs: measure(commands, version === process.versions.node ? rounds : 5, config),
    goals: version.startsWith('20.') ? goals : {},
    missing,
  });
}

const goals = {
  '--version': 1.12,
  'crego --help': 1.6,
  'lookup, json, environment': 3,
  'lookup, table, environment': 3,
  'lookup, json, config file': 3,
  'lookup, table, config file': 3,
  'saved answer, json': 2.1,
  'config check': 2.3,
  'one record on a terminal': 4.2,
};

function probeAnswer(command, env) {
  const file = join(folder, 'raw.json');
  probe([...command.slice(1), '--out', file], env);
  return readFileSync(file);
}

/** The same lookup by what people use instead. */
function peers(report, url) {
  const address = `${url}/v1/lms/records/${keys(1)[0]}/?expand=payouts`;
  const commands = { loanq: [process.execPath, launcher, 'crego', 'record', keys(1)[0], '--json'], curl: ['curl', '-sS', address] };
  const missing = [];
  if (isInstalled('jq')) commands['curl | jq'] = `curl -sS '${address}' | jq .`;
  else missing.push('jq');
  if (isInstalled('http')) commands.HTTPie = ['http', '--ignore-stdin', '--body', address, 'Authorization:Bearer x'];
  else missing.push('HTTPie');
  const base = isInstalled('http') ? 'HTTPie' : 'curl';
  report.add({
    id: 'peers',
    title: 'One lookup beside other tools',
    base,
    runs: measure(commands, rounds, configFor(url)),
    goals: base === 'HTTPie' ? { loanq: 0.4 } : {},
    missing,
  });
}
