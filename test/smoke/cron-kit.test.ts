// The examples as they are printed, against the sandbox: with a real cron, GNU parallel, systemd's own checker and the schemas
// that Kubernetes publishes.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultLoadersSync } from 'cosmiconfig';
import { CronJob, Job } from 'kubernetes-models/batch/v1';
import { beforeAll, describe, expect, it } from 'vitest';
import { launcher, projectRoot } from '../runner/app.ts';
import { sharedHome } from '../runner/home.ts';
import { hasPrograms } from '../runner/programs.ts';

const known = ['229fe24c-d840-48dc-959a-e0ff1479df35', '4ebd506f-8727-4d16-863d-0442e1b75858'];
const home = await sharedHome();
const bin = join(home.path, 'bin');
const said = join(home.path, 'said');

const example = (name: string) => readFile(join(projectRoot, 'examples', name), 'utf8');

/** A directory to work in, with a key file. */
async function workplace(name: string, keys: readonly string[] = known): Promise<string> {
  const dir = join(home.path, name);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'ids.txt'), keys.map(key => `${key}\n`).join(''));
  return dir;
}

/** Runs a shell line with nothing in the environment but what is given. */
function shell(line: string, cwd: string, env: NodeJS.ProcessEnv = {}) {
  return spawnSync('/bin/sh', ['-c', line], { cwd, env: { HOME: cwd, PATH: `${bin}:/usr/bin:/bin`, ...env }, encoding: 'utf8' });
}

async function idsOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8');
  return text
    .trimEnd()
    .split(/\r?\n/)
    .flatMap(line => (line.startsWith('{') ? [String(JSON.parse(line).id)] : /^[0-9a-f]{8}-/.test(line) ? [line.slice(0, 36)] : []));
}

beforeAll(async () => {
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'loanq'), `#!/bin/sh\nexec 2>>'${said}'\nexec '${process.execPath}' '${launcher()}' "$@" --sandbox\n`);
  await chmod(join(bin, 'loanq'), 0o755);
});

/** Whether this machine lets us run a cron daemon that sees nothing of the machine's own tables. */
const canIsolate = spawnSync('unshare', ['--mount', 'sh', '-c', 'command -v cron && mount -t tmpfs none /run']).status === 0;

describe('examples/crontab', async () => {
  const table = async (dir: string) => (await example('crontab')).replaceAll('/srv/loanq', dir).replaceAll('/usr/local/bin', bin);

  it.skipIf(!canIsolate)('is run by cron, and a good run says nothing', async () => {
    const dir = await workplace('cron');
    const file = join(home.path, 'crontab');
    await writeFile(file, (await table(dir)).replace('15 2 * * *', '@reboot'));
    const isolated = `mount -t tmpfs none /run && mount -t tmpfs none /var/spool/cron/crontabs &&
      install -m 600 '${file}' /var/spool/cron/crontabs/root && exec cron -f`;
    const done = new Promise<void>(resolve => {
      const watcher = watch(dir, () => {
        if (!existsSync(join(dir, 'records.csv'))) return;
        watcher.close();
        resolve();
      });
    });
    const cron = spawn('unshare', ['--mount', '--fork', '--kill-child', 'sh', '-c', isolated], { stdio: 'ignore' });
    await done;
    cron.kill('SIGKILL');
    expect(await idsOf(join(dir, 'records.csv'))).toEqual(known);
    expect(await readFile(join(dir, 'errors.jsonl'), 'utf8')).toBe('');
    expect(existsSync(said) ? await readFile(said, 'utf8') : '').toBe('');
  });

  it('has a second line that does nothing after a good run, and goes on after a bad one', async () => {
    const dir = await workplace('cron-again');
    const [, line = ''] = /^15 6 \* \* \* (.*)$/m.exec(await table(dir)) ?? [];
    expect(shell(line, dir)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(existsSync(join(dir, 'records.csv'))).toBe(false);
    await writeFile(join(dir, 'records.csv.journal'), '');
    expect(shell(line, dir)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(await idsOf(join(dir, 'records.csv'))).toEqual(known);
  });
});

describe('examples/shards.sh', () => {
  it.runIf(hasPrograms({ parallel: 'parallel' }))(
    'looks up every part with GNU parallel, lists what is missing, and repeats nothing',
    async () => {
      const unknown = Array.from({ length: 6 }, (_, n) => `00000000-0000-4000-8000-00000000000${n}`);
      const dir = await workplace('shards', [...known, ...unknown]);
      await cp(join(projectRoot, 'examples/shards.sh'), join(home.path, 'shards.sh'));
      const call = `'${home.path}/shards.sh' '${dir}/ids.txt' '${dir}/out' 4 2 100`;
      expect(shell(call, dir)).toMatchObject({ status: 0, stdout: '', stderr: '' });
      expect([...(await idsOf(join(dir, 'out/all.ndjson')))].sort()).toEqual(known);
      const listed = (await readFile(join(dir, 'out/errors.jsonl'), 'utf8')).trimEnd().split('\n');
      expect(listed.map(line => JSON.parse(line).key).sort()).toEqual(unknown);
      const parts = (await readdir(join(dir, 'out'))).filter(name => name.startsWith('summary-'));
      expect(parts.length).toBe(4);
      const summaries = await Promise.all(parts.map(async name => JSON.parse(await readFile(join(dir, 'out', name), 'utf8'))));
      expect(summaries.reduce((sum, { keys }) => sum + keys, 0)).toBe(8);
      expect(shell(call, dir)).toMatchObject({ status: 0 });
    },
    60_000,
  );
});

describe('examples/loanq-records.service and .timer', () => {
  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

  it.skipIf(!hasSystemd)('are accepted by systemd-analyze verify', async () => {
    const dir = await workplace('systemd');
    for (const name of ['loanq-records.service', 'loanq-records.timer']) {
      await writeFile(join(dir, name), (await example(name)).replaceAll('/usr/local/bin', bin).replaceAll('User=loanq', 'User=root'));
    }
    const units = ['loanq-records.service', 'loanq-records.timer'].map(name => join(dir, name));
    const checked = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], { encoding: 'utf8' });
    expect(checked.stderr.split('\n').filter(line => line.includes('loanq'))).toEqual([]);
    expect(checked.status).toBe(0);
  });

  it('hold a call that works', async () => {
    const dir = await workplace('systemd-call');
    const [, call = ''] = /^ExecStart=((?:.*\\\n)*.*)$/m.exec(await example('loanq-records.service')) ?? [];
    expect(shell(call.replaceAll('/usr/local/bin', bin).replaceAll('\\\n', ' '), dir)).toMatchObject({ status: 0, stdout: '' });
    expect(await idsOf(join(dir, 'records.csv'))).toEqual(known);
  });
});

/** A view of a manifest that notes which fields are looked at. */
function watched(value: unknown, path: string, unread: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const name of Object.keys(value)) unread.add(`${path}.${name}`);
  return new Proxy(value, {
    get: (target, name) => {
      const at = `${path}.${String(name)}`;
      unread.delete(at);
      return seen.get(at) ?? remember(at, watched(Reflect.get(target, name), at, unread));
    },
  });
}

const seen = new Map<string, unknown>();

function remember(path: string, value: unknown): unknown {
  seen.set(path, value);
  return value;
}

describe('examples for Kubernetes', () => {
  const manifest = async (name: string): Promise<object> => defaultLoadersSync['.yaml'](name, await example(name)) as object;

  /** The schema lets fields pass that it does not know, such as misspelled ones: those it never looks at are named. */
  function unknownFields(parsed: object, model: { readonly prototype: { validate(): void } }): readonly string[] {
    seen.clear();
    const unread = new Set<string>();
    Reflect.apply(model.prototype.validate, watched(parsed, '', unread), []);
    return [...unread];
  }

  it('the check sees what is wrong with a manifest', async () => {
    const job: { spec?: object } = await manifest('indexed-job.yaml');
    expect(unknownFields({ ...job, spec: { ...job.spec, paralelism: 8 } }, Job)).toEqual(['.spec.paralelism']);
    expect(() => unknownFields({ ...job, spec: { ...job.spec, completions: 'many' } }, Job)).toThrow('integer');
  });

  it('match the published schema, field by field', async () => {
    expect(unknownFields(await manifest('cronjob.yaml'), CronJob)).toEqual([]);
    expect(unknownFields(await manifest('indexed-job.yaml'), Job)).toEqual([]);
  });

  it('the CronJob holds a call that works, and lets a run with missing keys count as done', async () => {
    const dir = await workplace('cronjob', [...known, '00000000-0000-4000-8000-000000000000']);
    const job = new CronJob((await manifest('cronjob.yaml')) as never);
    const [container] = job.spec?.jobTemplate.spec?.template.spec?.containers ?? [];
    expect(container?.command).toEqual(['/bin/sh', '-c']);
    expect(shell(container?.args?.[0] ?? 'false', dir)).toMatchObject({ status: 0, stdout: '' });
    expect(await idsOf(join(dir, 'records.csv'))).toEqual(known);
  });

  it('the parts of the Indexed Job are all of the keys, each once', async () => {
    const dir = await workplace('indexed');
    const job = new Job((await manifest('indexed-job.yaml')) as never);
    const [container] = job.spec?.template.spec?.containers ?? [];
    const rows: string[] = [];
    for (let index = 0; index < (job.spec?.completions ?? 0); index += 1) {
      expect(shell(container?.args?.[0] ?? 'false', dir, { JOB_COMPLETION_INDEX: String(index) })).toMatchObject({ status: 0 });
      rows.push(...(await idsOf(join(dir, `part-${index + 1}.ndjson`))));
    }
    expect(rows.sort()).toEqual(known);
  }, 60_000);
});
