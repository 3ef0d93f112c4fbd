// examples/cronjob.yaml and indexed-job.yaml: against the published schemas, and their calls by the shell of a container.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { CronJob, Job } from 'kubernetes-models/batch/v1';
import { describe, expect, it } from 'vitest';
import { startCrego } from '../batch/crego.ts';
import { hardest, idsIn, known, manifest, surroundings, unknown, workshop } from './workplace.ts';

const workplace = await workshop();

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
});

/** The script of the only container. */
async function scriptOf(name: 'cronjob.yaml' | 'indexed-job.yaml'): Promise<string> {
  const read = (await manifest(name)) as never;
  const pod = name === 'cronjob.yaml' ? new CronJob(read).spec?.jobTemplate.spec?.template.spec : new Job(read).spec?.template.spec;
  const [container, ...others] = pod?.containers ?? [];
  expect(others).toEqual([]);
  expect(container?.command).toEqual(['/bin/sh', '-c']);
  return container?.args?.[0] ?? 'false';
}

describe.each(surroundings)('the call of examples/cronjob.yaml $name', where => {
  it.each([
    ['every key delivered', known, known],
    ['some keys missing', [...known, ...unknown], known],
    ['all keys missing', unknown, []],
  ])('counts as done with %s', async (what, keys, delivered) => {
    const place = await workplace(`cronjob ${what}`, where, keys);
    expect(place.shell(await scriptOf('cronjob.yaml'))).toMatchObject({ status: 0, stdout: '' });
    expect(idsIn(await place.read('records.csv'))).toEqual(delivered);
  });

  it('fails as loanq does where trying again makes sense', async () => {
    const down = await startCrego(() => ({ status: 503 }));
    const place = await workplace('cronjob-down', where, known, down.origin);
    expect(await place.start('/bin/sh', ['-c', await scriptOf('cronjob.yaml')]).ended).toMatchObject({ code: 25 });
  });
});

/** Whether a process can be made the first of a PID namespace, as the shell of a container is. */
const canBeFirst = spawnSync('unshare', ['--pid', '--fork', '--kill-child', 'true']).status === 0;

describe.runIf(canBeFirst)('an evicted pod', () => {
  it.each(['cronjob.yaml', 'indexed-job.yaml'] as const)('of examples/%s hands SIGTERM on, and loanq flushes', async name => {
    let sayAsked: () => void = () => undefined;
    const asked = new Promise<void>(resolve => {
      sayAsked = resolve;
    });
    const never = new Promise<undefined>(() => undefined);
    const silent = await startCrego(() => {
      sayAsked();
      return never;
    });
    // So many that the first part has some.
    const keys = Array.from({ length: 200 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
    const place = await workplace(`evicted-${name}`, hardest, keys, silent.origin);
    const pod = place.start('unshare', ['--pid', '--fork', '--kill-child', '/bin/sh', '-c', await scriptOf(name)], {
      JOB_COMPLETION_INDEX: '0',
    });
    await asked;
    const [first] = spawnSync('cat', [`/proc/${pod.child.pid}/task/${pod.child.pid}/children`], { encoding: 'utf8' }).stdout.split(' ');
    process.kill(Number(first), 'SIGTERM');
    expect(await pod.ended).toMatchObject({ code: 143 });
    const [part, summary] = name === 'cronjob.yaml' ? ['records.csv', 'summary.json'] : ['part-1.ndjson', 'summary-1.json'];
    expect(JSON.parse(await place.read(summary))).toMatchObject({ exit: 143, delivered: 0 });
    expect(
      readdirSync(place.dir)
        .filter(file => file.startsWith(part))
        .sort(),
    ).toEqual([`${part}.journal`, `${part}.partial`]);
  });
});

it('the parts of examples/indexed-job.yaml are all of the keys, each once', async () => {
  const place = await workplace('indexed', hardest, [...known, ...unknown]);
  const script = await scriptOf('indexed-job.yaml');
  const { completions = 0 } = new Job((await manifest('indexed-job.yaml')) as never).spec ?? {};
  const rows: string[] = [];
  const listed: string[] = [];
  for (let index = 0; index < completions; index += 1) {
    expect(place.shell(script, { JOB_COMPLETION_INDEX: String(index) })).toMatchObject({ status: 0 });
    rows.push(...idsIn(await place.read(`part-${index + 1}.ndjson`)));
    listed.push(
      ...(await place.read(`errors-${index + 1}.jsonl`)).split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line).key])),
    );
  }
  expect(rows.sort()).toEqual(known);
  expect(listed.sort()).toEqual(unknown);
}, 120_000);
