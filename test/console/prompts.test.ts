// Questions on a real terminal that are not answered: whatever ends them, the exit code says so and nothing has been written.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Home } from '../runner/home.ts';
import { ownHome } from '../runner/left-overs.ts';
import { hasPrograms } from '../runner/programs.ts';
import { type PtyRunning, startPty } from '../runner/pty.ts';

const enter = '\r';
const down = '\u001b[B';

/** The questions about a FinLend profile in their order, and an answer to each. */
const dialogue: readonly (readonly [question: string, answer: string])[] = [
  ['Which system?', down + enter],
  ['Which environment?', enter],
  ['IP address of the customer?', `203.0.113.7${enter}`],
  ['Which credential?', enter],
  ['Paste the token', `canary-token-of-a-question${enter}`],
  ['Where shall it be kept?', enter],
  ['Try it now?', down + enter],
];

/** Answers what comes before the question, and waits for that. */
async function askedFor(question: string, home: Home): Promise<PtyRunning> {
  const running = startPty(['config', 'init'], { home });
  for (const [asked, answer] of dialogue) {
    await running.saw(asked);
    if (asked === question) break;
    running.type(answer);
  }
  return running;
}

const written = async (home: Home): Promise<string[]> => (await readdir(home.path)).filter(name => !name.startsWith('pid-'));

describe.runIf(hasPrograms({ script: 'bsdutils' })).concurrent('a question', () => {
  describe.each([
    ['SIGINT', 130, 'cancelled; nothing was written'],
    ['SIGTERM', 143, 'error:\u001b[39m ended by SIGTERM'],
    ['SIGHUP', 129, 'error:\u001b[39m ended by SIGHUP'],
  ] as const)('is ended by %s', (signal, code, said) => {
    it.each(dialogue.map(([question]) => question))('%s', async question => {
      const home = await ownHome();
      const running = await askedFor(question, home);
      await running.signal(signal);
      const { screen, code: exit } = await running.ended;
      expect(exit).toBe(code);
      expect(screen.endsWith(`${said}\r\n`)).toBe(true);
      expect(screen).not.toContain('canary');
      expect(await written(home)).toEqual(['work']);
    });
  });

  const keys = [
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ] as const;
  it.each(dialogue.flatMap(([question]) => keys.map(([name, key]) => [question, name, key] as const)))(
    '“%s” is given up with %s',
    async (question, _, key) => {
      const home = await ownHome();
      const running = await askedFor(question, home);
      running.type(key);
      const { screen, code } = await running.ended;
      expect(code).toBe(130);
      expect(screen).toMatch(/\n[^\n]*cancelled; nothing was written\r\n$/);
      expect(screen).not.toMatch(/error|canary/);
      expect(await written(home)).toEqual(['work']);
    },
  );

  it('is asked on a terminal that shows a cursor again afterwards', async () => {
    const home = await ownHome();
    const running = await askedFor('Which system?', home);
    await running.signal('SIGTERM');
    const { screen } = await running.ended;
    expect(screen.lastIndexOf('\u001b[?25h')).toBeGreaterThan(screen.lastIndexOf('\u001b[?25l'));
  });

  it('of auth login is ended, too', async () => {
    const home = await ownHome();
    const login = { provider: 'finlend', customerIp: '203.0.113.7', credentials: { email: 'ops@example.com', password: 'env:NOT_SET' } };
    await home.configure({ profiles: { one: login, two: login } });
    const running = startPty(['auth', 'login'], { home });
    await running.saw('Which profile?');
    await running.signal('SIGTERM');
    const { screen, code } = await running.ended;
    expect([code, screen.endsWith('error:\u001b[39m ended by SIGTERM\r\n')]).toEqual([143, true]);
  });

  it('ends when its terminal goes away', async () => {
    const home = await ownHome();
    const running = await askedFor('Which system?', home);
    running.hangUp();
    await running.gone;
    expect(await written(home)).toEqual(['work']);
  });

  it('that is answered to the end is written', async () => {
    const home = await ownHome();
    const running = await askedFor('Try it now?', home);
    running.type(dialogue.at(-1)?.[1] ?? '');
    const { code } = await running.ended;
    expect(code).toBe(0);
    expect(await readdir(join(home.path, '.config/loanq'))).toEqual(['config.json', 'finlend.token']);
  });
});
