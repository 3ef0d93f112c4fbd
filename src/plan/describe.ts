// The plan of a run as lines for a person: `--dry-run -v`. It holds no secret; a profile is named, not shown.
import { flagOf } from './options.ts';
import type { RunPlan } from './run-plan.ts';

/** `name  value`, one decision a line. */
export function describePlan(plan: RunPlan): string[] {
  const rows = [...callRows(plan), ...limitRows(plan), ...outputRows(plan), ...batchRows(plan)];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

type Rows = readonly (readonly [name: string, value: string])[];

function callRows({ provider, endpoint, source, profile, keys, rowLimit, strict, quarantine, failEmpty, watch }: RunPlan): Rows {
  const from = profile === undefined || source.kind === 'sandbox' ? source.kind : `${profile.baseUrl}, profile ${profile.name}`;
  const rows = rowLimit === undefined ? 'first page' : rowLimit === Number.POSITIVE_INFINITY ? 'every page' : `at most ${rowLimit}`;
  return [
    ['endpoint', `${provider.name} ${endpoint.name}`],
    ['answers from', from],
    ['keys', keys.kind === 'arguments' ? `${keys.keys.length} arguments` : keys.kind === 'stream' ? `read from ${keys.from}` : keys.kind],
    ...(keys.kind === 'none' ? ([['rows', rows]] as const) : []),
    ['drift is an error', quarantine ? 'of its record' : yesOrNo(strict)],
    ['no row is an error', yesOrNo(failEmpty)],
    ...(watch === undefined ? [] : ([['asked again', `every ${watch.everyMs / 1000} s`]] as const)),
    ...(watch?.until === undefined ? [] : ([['until', watch.until.text]] as const)),
  ];
}

function limitRows({ limits }: RunPlan): Rows {
  return [
    ['one attempt', `${limits.attemptMs / 1000} s`],
    ['tries after the first', `${limits.retries}`],
    ['requests a second', limits.ratePerSecond === undefined ? 'no limit' : `${limits.ratePerSecond}`],
    ['of all runs together', limits.sharedRatePerSecond === undefined ? 'not counted' : `${limits.sharedRatePerSecond}`],
    ['requests at a time', `${limits.concurrency}`],
    ['Retry-After', `up to ${limits.longestRetryAfterMs / 1000} s`],
    ['deadline', limits.deadlineMs === undefined ? 'none' : `${limits.deadlineMs / 1000} s`],
  ];
}

function outputRows({ output, follow, replacesFile }: RunPlan): Rows {
  const { one, many, destination, order, explode } = output;
  const format = one.format === many.format ? many.format.name : `${one.format.name} for one row, else ${many.format.name}`;
  return [
    ['format', format],
    ['columns', many.columns.map(({ name }) => name || 'those of the data').join(', ')],
    ...follow.map(({ name, endpoint }) => ['followed', `${name} to ${endpoint.name}`] as const),
    ['personal data', many.masked ? 'masked' : 'whole'],
    ['zone of times', many.zone ?? 'of the system'],
    ['language', output.language],
    ...(order === undefined ? [] : ([['order', `${order.column.name}${order.descending ? ', descending' : ''}`]] as const)),
    ...(output.sums.length === 0 ? [] : ([['totals of', output.sums.map(({ column }) => column.name).join(', ')]] as const)),
    ...(explode === undefined ? [] : ([['one row per element of', explode]] as const)),
    ['to', destination.kind === 'file' ? destination.path : 'standard output'],
    ...(destination.kind === 'file' ? ([['the file is replaced at', [...replacesFile].join(', ')]] as const) : []),
  ];
}

function batchRows({ batch }: RunPlan): Rows {
  if (batch === undefined) return [];
  const { packs, shard, unique, expect, files, resume, canJournal, against } = batch;
  return [
    [
      'keys of one call',
      packs === undefined ? '1' : `${packs.size}${packs.maxCharacters === undefined ? '' : `, or ${packs.maxCharacters} characters`}`,
    ],
    ['repeated keys', unique ? 'looked up once' : 'looked up again'],
    ['journal', canJournal ? 'beside the output, for a key file' : 'none'],
    [flagOf('resume'), yesOrNo(resume)],
    ...(shard === undefined ? [] : ([['part of the keys', `${shard.index} of ${shard.count}`]] as const)),
    ...(expect === undefined ? [] : ([['keys at least', `${expect}`]] as const)),
    ...(files.errors === undefined ? [] : ([[flagOf('errors'), files.errors]] as const)),
    ...(against === undefined ? [] : ([['changes are told since', against.old]] as const)),
    ...(files.summary === undefined ? [] : ([[flagOf('summary'), files.summary]] as const)),
  ];
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
