// Completion scripts are run in the shells they are for: what TAB offers, not only that they parse.
import { execFile, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launcher } from '../runner/app.ts';
import { environment, sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { hasPrograms } from '../runner/programs.ts';

const home = await sharedHome();
const bin = join(home.path, 'bin');
const env = { ...environment(home), PATH: `${bin}${delimiter}${process.env.PATH}` };
const token = 'env:NEVER_SET';

beforeAll(async () => {
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'loanq'), `#!/bin/sh\nexec '${process.execPath}' '${launcher()}' "$@"\n`);
  await chmod(join(bin, 'loanq'), 0o755);
  // No variable is set: a script that read a secret would fail here.
  await home.configure({
    profiles: {
      'crego-pre': { provider: 'crego', baseUrl: 'https://preprod.api.crego.io', credentials: { token } },
      'crego-prod': { provider: 'crego', baseUrl: 'https://api.example.com', credentials: { token } },
      ekb: { provider: 'ekuaibao', credentials: { accessToken: token } },
    },
  });
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout, code } = await runInProcess(['completion', shell], { home });
    expect(code).toBe(0);
    await home.write(`loanq.${shell}`, stdout);
  }
});

/** A line as typed, and what TAB offers there; in order of names. */
const offers: readonly (readonly [line: string, words: readonly string[]])[] = [
  ['loanq cr', ['crego']],
  ['loanq crego re', ['record']],
  ['loanq -p x crego re', ['record']],
  ['loanq crego record --ex', ['--expand', '--expect', '--explode']],
  ['loanq crego record -o nd', ['ndjson']],
  ['loanq crego record --fields amount,rem', ['amount,remaining_amount', 'amount,remark']],
  ['loanq crego record --sort rece', ['received_amount']],
  ['loanq qitech wallet-entry --explode ', ['invoice_items']],
  ['loanq crego record -p ', ['crego-pre', 'crego-prod']],
  ['loanq ekuaibao loan --profile ', ['ekb']],
  ['loanq lookup --all-p', ['--all-profiles']],
  ['loanq config ch', ['check']],
  ['loanq explain WR', ['WRITEOFF']],
  ['loanq help exit', ['exit-codes']],
  ['loanq completion ', ['bash', 'fish', 'zsh']],
  // Ids are people's: never offered, wherever they stand.
  ['loanq crego record ', []],
  ['loanq crego record 2', []],
  ['loanq lookup 2', []],
];

const run = async (program: string, args: readonly string[]): Promise<string[]> => {
  const { stdout } = await promisify(execFile)(program, args, { env, cwd: home.cwd });
  return stdout.split('\n').filter(line => line !== '');
};

describe.skipIf(!hasPrograms({ bash: 'bash' }))('bash', () => {
  const driver = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _loanq; printf '%s\\n' "\${COMPREPLY[@]}"`;
  test.each(offers)('%s', async (line, words) => {
    const typed = line.split(' ');
    const offered = await run('bash', ['--norc', '-c', driver, 'bash', join(home.path, 'loanq.bash'), ...typed]);
    expect([...new Set(offered)].sort()).toEqual([...words].sort());
  });
});

describe.skipIf(!hasPrograms({ fish: 'fish' }))('fish', () => {
  test.each(offers)('%s', async (line, words) => {
    const offered = await run('fish', ['--no-config', '-c', `source $argv[1]; complete -C $argv[2]`, join(home.path, 'loanq.fish'), line]);
    expect(offered.map(word => word.split('\t')[0]).sort()).toEqual([...words].sort());
  });
});

describe.skipIf(!hasPrograms({ zsh: 'zsh', script: 'bsdutils' }))('zsh', () => {
  // Its completion runs in an interactive shell only: one is typed to, line by line.
  test('what TAB makes of a line', { timeout: 120_000 }, async () => {
    const child = spawn('script', ['--quiet', '--command', 'stty cols 200; exec zsh -f -i', '/dev/null'], { cwd: home.cwd, env });
    onTestFinished(() => void child.kill('SIGKILL'));
    let screen = '';
    const events = new EventEmitter();
    child.stdout.on('data', (chunk: Buffer) => {
      screen += chunk.toString('utf8');
      events.emit('more');
    });
    const saw = async (text: RegExp): Promise<void> => {
      while (!text.test(screen)) await once(events, 'more');
    };
    // Split, so that the echo of what is typed is not taken for its result.
    child.stdin.write(`PS1='> '; autoload -U compinit; compinit -D -u; eval "$(loanq completion zsh)"; echo REA''DY\n`);
    await saw(/READY[\s\S]*\?2004h/);
    for (const [line, completed] of lines) {
      screen = '';
      child.stdin.write(`${line}\t`);
      await saw(completed);
      // Ctrl-U, not Ctrl-C: a signal that meets the completion ends it.
      child.stdin.write('\u0015');
    }
  });

  /** What is shown behind the TAB: never a part of what was typed. */
  const lines: readonly (readonly [line: string, completed: RegExp])[] = [
    ['loanq cr', /loanq crego/],
    ['loanq crego rec', /crego record/],
    ['loanq crego record --fields amount,rece', /amount,received_amount/],
    ['loanq crego record -o nd', /-o ndjson/],
    ['loanq crego record -p crego-pro', /crego-prod/],
    ['loanq explain WR', /explain WRITEOFF/],
    ['loanq config che', /config check/],
    ['loanq crego ', /record +-- One record \(repayment\) by id[\s\S]*settlements +-- Settlements/],
  ];
});

test('names of profiles come without a secret, and a broken configuration has none', async () => {
  expect(await runInProcess(['completion', 'profiles', 'crego'], { home })).toEqual({
    stdout: 'crego-pre\tpreprod.api.crego.io\ncrego-prod\tapi.example.com\n',
    stderr: '',
    code: 0,
  });
  const config = await home.write('broken.json', '{');
  expect(await runInProcess(['completion', 'profiles', '--config', config], { home })).toEqual({ stdout: '', stderr: '', code: 0 });
});

test('without a shell its help is printed, and another shell is refused', async () => {
  const bare = await runInProcess(['completion'], { home });
  expect([bare.code, bare.stdout, bare.stderr.includes('eval "$(loanq completion bash)"')]).toEqual([2, '', true]);
  expect((await runInProcess(['completion', 'tcsh'], { home })).stderr).toBe(
    'error: there is no completion for tcsh\nhint: one of bash, zsh, fish\n',
  );
});
