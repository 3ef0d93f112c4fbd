// kill -9 and SIGINT at random moments: with --resume the file is in the end what it would have been, byte for byte, and no
// key that was delivered is ever asked for again.

import { existsSync, readdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Home, sharedHome } from '../runner/home.ts';
import { isLong } from '../runner/long.ts';
import { configFor } from '../runner/profiles.ts';
import { run, start } from '../runner/run.ts';
import { dice, keyFile, startStorm } from './storm.ts';

/** Interruptions for each signal and format; LOANQ_LONG=1 has more of them, LOANQ_MOMENTS as many as it says. */
const moments = Number(process.env.LOANQ_MOMENTS ?? (isLong ? 17 : 4));
const keys = moments * 40;
const width = 8;
/** Keys begun but not handed out: at most these may be asked for again after an interruption. */
const windowSize = width * 16;

const shared = await sharedHome();
const server = await startStorm({ latencyMs: 2 });
await shared.configure(configFor('crego', server.origin));
await shared.write('work/keys', keyFile(keys));

const call = (format: string, out: string) =>
  `crego record --ids-from keys -o ${format} --out ${out} --concurrency ${width} --summary ${out}.summary`.split(' ');

/** The file of a run that nothing interrupts, made once. */
async function uninterrupted(format: string): Promise<Buffer> {
  const out = `whole.${format}`;
  if (!existsSync(join(shared.cwd, out))) {
    const ran = await run([...call(format, out), '--quiet'], { home: shared });
    expect(ran).toMatchObject({ code: 0, stdout: '', stderr: '' });
  }
  return readFile(join(shared.cwd, out));
}

/** Places of the keys that the journal beside an output calls delivered. */
async function delivered(home: Home, out: string): Promise<ReadonlySet<number>> {
  const text = await readFile(join(home.cwd, `${out}.journal`), 'utf8').catch(() => '');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).matchAll(/^\{"n":(\d+),"at":/gm);
  return new Set(Array.from(lines, match => Number(match[1])));
}

describe.each([
  ['SIGKILL', 'csv'],
  ['SIGKILL', 'ndjson'],
  ['SIGKILL', 'json'],
  ['SIGINT', 'csv'],
  ['SIGINT', 'ndjson'],
  ['SIGINT', 'json'],
] as const)('%s while %s is written', (signal, format) => {
  it(`leaves nothing out and nothing twice over ${moments} random moments`, async () => {
    const whole = await uninterrupted(format);
    const out = `${signal}.${format}`;
    const roll = dice(signal.length * 100 + format.length);
    const begun = (await server.ledger()).length;
    let seen = begun;
    let interruptions = 0;
    for (let isFinished = false; !isFinished; ) {
      const before = await delivered(shared, out);
      const running = start([...call(format, out), '--resume'], { home: shared });
      const isLast = interruptions === moments;
      // From before the first request on, up to the moment the file takes its place.
      if (!isLast) await Promise.race([server.after(seen + roll(70)), running.ended]);
      if (!isLast) running.child.kill(signal);
      const ended = await running.ended;
      const asked = (await server.ledger(seen)).map(({ n }) => n);
      expect(asked.filter(n => before.has(n))).toEqual([]);
      seen += asked.length;
      isFinished = ended.code === 0 || (existsSync(join(shared.cwd, out)) && !existsSync(join(shared.cwd, `${out}.journal`)));
      if (isFinished) break;
      interruptions += 1;
      if (signal === 'SIGKILL') expect(ended.signal).toBe('SIGKILL');
      // Before Node has come to install its handlers, the signal ends the process by itself.
      else expect(ended.code === 130 || ended.signal === 'SIGINT').toBe(true);
    }
    expect((await readFile(join(shared.cwd, out))).equals(whole)).toBe(true);
    expect(interruptions).toBeGreaterThan(moments / 2);
    expect(seen - begun - keys).toBeLessThanOrEqual(interruptions * windowSize);
    expect(readdirSync(shared.cwd).filter(name => name.startsWith(`${out}.`))).toEqual(
      existsSync(join(shared.cwd, `${out}.summary`)) ? [`${out}.summary`] : [],
    );
    await rm(join(shared.cwd, out));
  }, 60_000);
});
