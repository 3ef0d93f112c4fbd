// Colours of the built program: on a terminal that wants them, and no escape sequence anywhere else.
import { describe, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { configFor } from '../runner/profiles.ts';
import { hasPrograms } from '../runner/programs.ts';
import { startPty } from '../runner/pty.ts';
import { run } from '../runner/run.ts';
import { startServer } from '../runner/server.ts';

const home = await sharedHome();
const late = ['finlend', 'pending-repayments', '123e4567-e89b-12d3-a456-426614174000', '--sandbox'];
const refused = ['finlend', 'pending-repayments', 'x', '--sandbox'];
const esc = '\u001b';

/** Everything the terminal got by stdout and stderr. */
async function shown(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  return (await startPty(args, { home, env }).ended).screen;
}

describe.runIf(hasPrograms({ script: 'bsdutils' }))('on a terminal', () => {
  test('what is late is red, what waits yellow; the words are there in any case', async () => {
    const screen = await shown(late);
    expect(screen).toContain(`${esc}[31mOVERDUE${esc}[39m`);
    expect(screen).toContain(`${esc}[33mPENDING${esc}[39m`);
    expect(await shown([...late, '--no-color'])).toContain('OVERDUE');
  });

  test('an error is red, and its hint cyan', async () => {
    expect(await shown(refused)).toMatch(/^\u001b\[31merror:\u001b\[39m finlend pending-repayments: /);
    expect(await shown(['finlend', 'pending-repayment'])).toMatch(/\n\u001b\[36mhint:\u001b\[39m /);
  });

  test.each<[string, readonly string[], NodeJS.ProcessEnv]>([
    ['--no-color', ['--no-color'], {}],
    ['NO_COLOR', [], { NO_COLOR: '1' }],
    ['NO_COLOR, which wins over FORCE_COLOR', [], { NO_COLOR: '1', FORCE_COLOR: '3' }],
    ['FORCE_COLOR=0', [], { FORCE_COLOR: '0' }],
    ['TERM=dumb', [], { TERM: 'dumb' }],
  ])('no escape sequence with %s', async (_, more, env) => {
    for (const args of [late, refused]) expect(await shown([...args, ...more], env)).not.toContain(esc);
  });

  test('FORCE_COLOR colours a dumb terminal', async () => {
    expect(await shown(late, { TERM: 'dumb', FORCE_COLOR: '1' })).toContain(`${esc}[31mOVERDUE`);
  });

  test('the environment of a profile stands out beside the host, production does not', async () => {
    const server = await startServer(() => ({ body: '{"id":"229fe24c-d840-48dc-959a-e0ff1479df35"}' }));
    const record = ['crego', 'record', '229fe24c-d840-48dc-959a-e0ff1479df35'];
    const { host } = new URL(server.origin);
    const saying = async (environment: string) => {
      await home.configure(configFor('crego', server.origin, { environment }));
      return shown(record);
    };
    expect(await saying('pre-production')).toContain(`${host}, ${esc}[33mpre-production${esc}[39m`);
    expect(await saying('production')).toContain(`${host}, production\r\n`);
  });
});

test('no escape sequence in a pipe, whatever the environment asks for', async () => {
  for (const args of [late, refused]) {
    const { stdout, stderr } = await run(args, { env: { FORCE_COLOR: '3' } });
    expect(stdout + stderr).not.toContain(esc);
  }
});
