// One value that processes change in turn: none is lost or made twice, whoever is killed at whatever moment, and whatever lies there.
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, lchownSync, linkSync, mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Found, VersionedValue } from '../../src/files/versioned-value.ts';
import { bundleChild, temporaryDirectory } from '../runner/bundle.ts';
import { hasOtherUser, otherUid } from '../runner/other-user.ts';

const root = await temporaryDirectory();
let dir: string;
let child: string;
let places = 0;
/** Moves only when told. */
let nowMs = 0;

beforeAll(async () => {
  child = await bundleChild(new URL('./children/counter-child.ts', import.meta.url), root);
});
beforeEach(() => {
  places += 1;
  dir = join(root, `${places}`);
  mkdirSync(dir, { mode: 0o700 });
  nowMs = 10_000;
});

function open(monotonicMs = () => nowMs): VersionedValue {
  return new VersionedValue({ dir, uid: process.getuid?.(), monotonicMs, freshName: randomUUID });
}

/** Appends a letter and returns what was there. */
function append(value: VersionedValue, letter: string): Found {
  return value.update(found => [`${found ?? ''}${letter}`, found]);
}

describe('a value', () => {
  it('is not there, then what was written last, for everybody', () => {
    const [one, other] = [open(), open()];
    expect(one.read()).toBe(undefined);
    expect([append(one, 'a'), append(other, 'b'), append(one, 'c')]).toEqual([undefined, 'a', 'ab']);
    expect([one.read(), other.read()]).toEqual(['abc', 'abc']);
  });

  it('is asked for again when another process was faster: nothing of either is lost', () => {
    const [slow, fast] = [open(), open()];
    let rounds = 0;
    slow.update(found => {
      rounds += 1;
      if (rounds <= 3) append(fast, `${rounds}`);
      return [`${found ?? ''}s`, undefined];
    });
    expect([rounds, slow.read()]).toEqual([4, '123s']);
  });

  it('does not count when its change took too long: the others may have forgotten the version it began with', () => {
    const [slow, fast] = [open(), open()];
    append(fast, 'a');
    let rounds = 0;
    slow.update(found => {
      rounds += 1;
      if (rounds === 1) {
        // Stopped, while the others go on until what it has read is swept away.
        for (const letter of 'bcdefgh') {
          nowMs += 1500;
          append(fast, letter);
        }
        expect(readdirSync(dir)).not.toContain('2');
      }
      return [`${found ?? ''}s`, undefined];
    });
    expect([rounds, open().read()]).toEqual([2, 'abcdefghs']);
  });

  it('leaves few files behind, and none of a killed process for long', () => {
    const value = open();
    const old = join(dir, `new-${randomUUID()}`);
    writeFileSync(old, '');
    execFileSync('touch', ['-d', '2 minutes ago', old]);
    for (let n = 0; n < 200; n += 1) {
      append(value, '');
      nowMs += 100;
    }
    expect(readdirSync(dir).length).toBeLessThan(60);
    expect(readdirSync(dir).filter(name => name.startsWith('new-'))).toEqual([]);
  });
});

describe('what another hand has put there', () => {
  const emptyFile = (path: string): string => {
    writeFileSync(path, '');
    return path;
  };
  const whole = (path: string): string => {
    writeFileSync(path, '{"atMs":1,"mark":[1,1],"text":"x"}');
    return path;
  };
  it('would count, had it been written by this program', () => {
    whole(join(dir, '7'));
    expect(open().read()).toBe('x');
  });

  const planted: readonly [string, (path: string) => void][] = [
    ['nothing', path => writeFileSync(path, '')],
    ['garbage', path => writeFileSync(path, '\0\xff{"atMs":')],
    ['text of another kind', path => writeFileSync(path, '{"atMs":1,"mark":[1,1],"text":7}')],
    ['a time to come', path => writeFileSync(path, '{"atMs":10011,"mark":[1,1],"text":"x"}')],
    ['a mark above it', path => writeFileSync(path, '{"atMs":1,"mark":[8,1],"text":"x"}')],
    ['a gigabyte of nothing', path => truncateSync(emptyFile(path), 2 ** 30)],
    ['a pipe', path => void execFileSync('mkfifo', [path])],
    ['a directory', path => void mkdirSync(path)],
    ['a link', path => symlinkSync(whole(`${path}x`), path)],
    ['a link to nothing', path => symlinkSync('/nowhere', path)],
    ['a link to a device', path => symlinkSync('/dev/zero', path)],
    ['a file that others can write', path => chmodSync(whole(path), 0o666)],
  ];

  it.each(planted)('%s is nothing of ours, and the next version stands above it', (_, plant) => {
    const value = open();
    plant(join(dir, '7'));
    expect(value.read()).toBe('');
    expect(append(value, 'a')).toBe('');
    expect([value.read(), readdirSync(dir).includes('8')]).toEqual(['a', true]);
  });

  it.runIf(hasOtherUser)('a file of another user is nothing of ours', () => {
    append(open(), 'a');
    lchownSync(join(dir, '1'), otherUid, otherUid);
    expect(open().read()).toBe('');
  });

  it('a second name, as a process leaves it that is killed between two steps, does not matter', () => {
    append(open(), 'a');
    linkSync(join(dir, '1'), join(dir, 'new-x'));
    expect(open().read()).toBe('a');
  });

  it('other names decide nothing', () => {
    append(open(), 'a');
    for (const name of ['02', '-3', '4e3', '5.json', 'x', '1234567890123456']) writeFileSync(join(dir, name), 'x');
    expect(open().read()).toBe('a');
  });

  it('the last number there is ends it, and nobody waits', () => {
    writeFileSync(join(dir, '999999999999999'), '');
    expect(() => open().read()).toThrow(expect.objectContaining({ code: 'EOVERFLOW' }));
  });
});

describe('processes of their own', () => {
  function count(times: number) {
    const running = spawn(process.execPath, [child, dir, String(times)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    running.stdout.on('data', (text: Buffer) => {
      said += text;
    });
    const ended = once(running, 'close').then(() => said.split('\n').filter(Boolean).map(Number));
    return { running, ended };
  }

  it('make no number twice and lose none', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => count(150).ended));
    expect(made.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 900 }, (_, n) => n + 1));
    for (const numbers of made) expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  it('that are killed at any moment hold nobody up, and what they have made is not made again', async () => {
    const going = Array.from({ length: 3 }, () => count(400));
    const killed: Promise<number[]>[] = [];
    for (let n = 0; n < 12; n += 1) {
      const victim = count(1_000_000);
      killed.push(victim.ended);
      await once(victim.running.stdout, 'data');
      // Somewhere within the next numbers.
      for (let turns = Math.random() * 200; turns > 0; turns -= 1) await new Promise(setImmediate);
      victim.running.kill('SIGKILL');
    }
    const whole = await Promise.all(going.map(({ ended }) => ended));
    expect(whole.map(numbers => numbers.length)).toEqual([400, 400, 400]);
    const all = [...whole, ...(await Promise.all(killed))].flat();
    expect(new Set(all).size).toBe(all.length);
  }, 60_000);
});
