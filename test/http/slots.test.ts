import { expect, it } from 'vitest';
import { Slots } from '../../src/http/slots.ts';

const never = new AbortController().signal;

/** Work that ends when told to. */
function job(log: string[], name: string) {
  let end = (): void => {};
  const done = new Promise<void>(resolve => {
    end = resolve;
  });
  const work = async () => {
    log.push(name);
    await done;
    return name;
  };
  return { work, end };
}

it('lets in as many as there are slots, the others in the order they came', async () => {
  const log: string[] = [];
  const slots = new Slots(2);
  const jobs = ['a', 'b', 'c', 'd'].map(name => job(log, name));
  const running = jobs.map(({ work }) => slots.use(never, work));
  await Promise.resolve();
  expect(log).toEqual(['a', 'b']);
  jobs[1]?.end();
  await running[1];
  await Promise.resolve();
  expect(log).toEqual(['a', 'b', 'c']);
  for (const { end } of jobs) end();
  expect(await Promise.all(running)).toEqual(['a', 'b', 'c', 'd']);
});

it('frees the slot of work that fails', async () => {
  const slots = new Slots(1);
  await expect(slots.use(never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await slots.use(never, async () => 'yes')).toBe('yes');
});

it('frees the slot of work that needs it no more, once', async () => {
  const log: string[] = [];
  const slots = new Slots(1);
  const [first, second, third] = [job(log, 'first'), job(log, 'second'), job(log, 'third')];
  let leave = (): void => {};
  const running = slots.use(never, free => {
    leave = free;
    return first.work();
  });
  const others = [second, third].map(({ work }) => slots.use(never, work));
  await Promise.resolve();
  leave();
  leave();
  await new Promise(setImmediate);
  expect(log).toEqual(['first', 'second']);
  first.end();
  await running;
  await new Promise(setImmediate);
  expect(log).toEqual(['first', 'second']);
  second.end();
  third.end();
  await Promise.all(others);
  expect(log).toEqual(['first', 'second', 'third']);
});

it('an abort while waiting rejects with its reason and takes no slot', async () => {
  const log: string[] = [];
  const slots = new Slots(1);
  const first = job(log, 'first');
  const running = slots.use(never, first.work);
  const abort = new AbortController();
  const aborted = slots.use(abort.signal, async () => log.push('aborted'));
  const last = slots.use(never, async () => log.push('last'));
  abort.abort(new Error('enough'));
  await expect(aborted).rejects.toThrow('enough');
  await expect(slots.use(abort.signal, async () => log.push('late'))).rejects.toThrow('enough');
  first.end();
  await Promise.all([running, last]);
  expect(log).toEqual(['first', 'last']);
});
