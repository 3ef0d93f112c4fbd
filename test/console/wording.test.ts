// What is said in another language: loaded when it is needed, in the order in which it was said, filtered and escaped like any text.
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createMessageFilter, Secret, SecretRegister } from '../../src/auth/secret.ts';
import { visible } from '../../src/console/escape.ts';
import { Messages } from '../../src/console/messages.ts';
import { reportError } from '../../src/console/report.ts';
import { Wording } from '../../src/console/wording.ts';
import { AuthError, LoanqError, UsageError } from '../../src/core/errors.ts';
import { inEnglish, joined, say } from '../../src/core/say.ts';

const phrases = {
  'error: ': '错误：',
  'hint: ': '提示：',
  'warning: ': '警告：',
  '{1} of {2} given': '共 {2} 个，给出 {1} 个',
  'a key': '一个标识',
  '{1} is refused': '{1} 被拒绝',
};

/** A wording whose phrases come when the test says so. */
function late() {
  const loads: ((found: typeof phrases) => void)[] = [];
  const wording = new Wording(() => new Promise(resolve => loads.push(resolve)));
  return { wording, loads, arrive: () => loads[0]?.(phrases) };
}

function listen(wording: Wording, filter = (text: string) => text, level: 'quiet' | 'normal' = 'normal') {
  const stream = new PassThrough();
  return { messages: new Messages({ stderr: stream }, filter, level, wording), heard: () => `${stream.read() ?? ''}` };
}

describe('sayings', () => {
  test('are English by themselves, values in their places', () => {
    const saying = say`unknown provider: ${'crego'} in ${say`profile ${1}`}`;
    expect(saying).toEqual({ pattern: 'unknown provider: {1} in {2}', values: ['crego', { pattern: 'profile {1}', values: [1] }] });
    expect(inEnglish(saying)).toBe('unknown provider: crego in profile 1');
    expect(inEnglish(joined(['a', say`b`], ' or '))).toBe('a or b');
  });

  test('into a text they go as English', () => {
    expect(`${say`a ${say`b`}`}`).toBe('a b');
  });

  test('a value that looks like a place is none', () => {
    expect(inEnglish(say`${'{2}'} and ${'{1}'}`)).toBe('{2} and {1}');
  });

  test('an error keeps its English beside what was said, whatever is added to it', () => {
    const error = new UsageError(say`${'x'} is refused`, { hint: say`a key` }).with({ provider: 'crego', hint: 'another' });
    expect([error.message, error.facts]).toEqual(['x is refused', { provider: 'crego', hint: 'a key' }]);
    expect([error.said, error.given.hint]).toEqual([say`${'x'} is refused`, say`a key`]);
    const again = new LoanqError('refused', error.said, error.given);
    expect([again.message, again.facts]).toEqual([error.message, error.facts]);
  });
});

test('places may change their order, and sayings within sayings are put into the language too', async () => {
  const { wording, arrive } = late();
  const words = say`${say`a key`} of ${'{1}'} given`;
  expect(wording.words(words)).toBe('a key of {1} given');
  const ready = wording.ready();
  arrive();
  await ready;
  expect(wording.words(words)).toBe('共 {1} 个，给出 一个标识 个');
  expect(wording.words(say`not translated: ${1}`)).toBe('not translated: 1');
});

test('phrases are asked for once, when something is to be said', async () => {
  const { wording, loads, arrive } = late();
  const { messages, heard } = listen(wording);
  messages.note('of somebody else');
  expect([heard(), loads.length]).toEqual(['of somebody else\n', 0]);
  messages.note(say`a key`);
  messages.warn(say`a key`);
  messages.note('plain, but behind them');
  messages.write('raw\n');
  expect([heard(), loads.length]).toEqual(['', 1]);
  arrive();
  await wording.settled();
  expect(heard()).toBe('一个标识\n警告：一个标识\nplain, but behind them\nraw\n');
  messages.note(say`a key`);
  expect([heard(), loads.length]).toEqual(['一个标识\n', 1]);
});

test('what --quiet drops asks for no phrases', async () => {
  const { wording, loads } = late();
  listen(wording, undefined, 'quiet').messages.warn(say`a key`);
  await wording.settled();
  expect(loads.length).toBe(0);
});

test('a line that goes again soon does not wait for phrases: it is left out until they are there', async () => {
  const { wording, arrive } = late();
  const { messages, heard } = listen(wording);
  messages.status(say`a key`);
  expect(heard()).toBe('');
  arrive();
  await wording.ready();
  messages.status(say`a key`);
  expect(heard()).toBe('一个标识');
});

test('a language whose phrases cannot be read speaks English', async () => {
  const wording = new Wording(() => Promise.reject(new Error('gone')));
  const { messages, heard } = listen(wording);
  messages.warn(say`a key`);
  await wording.settled();
  expect(heard()).toBe('warning: a key\n');
});

describe('in every language', () => {
  const secret = 'geheim-4711-geheim';
  const register = new SecretRegister();
  register.add(new Secret(secret));
  const hostile = `\x1b[31m${secret}\u202e`;

  test.each([
    ['zh', new Wording(async () => phrases), '警告：\\x1b[31m[redacted]\\u202e 被拒绝\n'],
    ['en', new Wording(), 'warning: \\x1b[31m[redacted]\\u202e is refused\n'],
  ])('%s: secrets are masked and controls escaped in what is said', async (_, wording, expected) => {
    const { messages, heard } = listen(wording, createMessageFilter(register));
    messages.warn(say`${hostile} is refused`);
    await wording.settled();
    expect(heard()).toBe(expected);
  });

  test('a failure too, and its JSON stays English', async () => {
    const wording = new Wording(async () => phrases);
    await wording.ready();
    const error = new AuthError(say`${hostile} is refused`, { hint: say`${hostile} is refused`, requestId: 'r-1' });
    expect(reportError(error, 'text', visible, wording).text).toBe(
      `错误：\\x1b[31m${secret}\\u202e 被拒绝 [request r-1]\n提示：\\x1b[31m${secret}\\u202e 被拒绝\n`,
    );
    expect(JSON.parse(reportError(error, 'json', visible, wording).text).error).toMatchObject({
      message: `${hostile} is refused`,
      hint: `${hostile} is refused`,
    });
  });
});
