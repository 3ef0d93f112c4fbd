// `loanq` alone on a real terminal: every way through its questions, and that a line somebody types does the same.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { Home } from '../runner/home.ts';
import { closeLater, ownHome } from '../runner/left-overs.ts';
import { profileFor } from '../runner/profiles.ts';
import { hasPrograms } from '../runner/programs.ts';
import { type PtyOptions, type PtyRunning, runPty, startPty } from '../runner/pty.ts';
import { run, runShell } from '../runner/run.ts';
import { reply, silence, startFaultServer } from '../servers/fault-server.ts';

const enter = '\r';
const down = '\u001b[B';
const esc = '\u001b';
const crego = '229fe24c-d840-48dc-959a-e0ff1479df35';
const otherCrego = '4ebd506f-8727-4d16-863d-0442e1b75858';
const finlend = '123e4567-e89b-12d3-a456-426614174000';
const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
const entry = '8cb70dea-9fb0-4a68-9572-99a72849c8d6';
const unknown = '00000000-0000-4000-8000-000000000000';
const env = { NO_COLOR: '1' };

interface Talk extends PtyRunning {
  readonly home: Home;
  /** Where the results go. */
  readonly out: string;
}

/** The guide with its results in a file. */
async function guide(
  args: readonly string[] = ['--sandbox'],
  more: Pick<PtyOptions, 'env'> & { readonly home?: Home } = {},
): Promise<Talk> {
  const home = more.home ?? (await ownHome());
  const out = join(home.path, 'results');
  return { ...startPty(args, { home, env: { ...env, ...more.env }, stdout: out }), home, out };
}

/** Waits for the whole question: what is typed before it stands is not read. */
async function answer({ showed, type }: PtyRunning, question: string, last: string, given: string): Promise<void> {
  await showed(question);
  await showed(last);
  type(given);
}

async function quits(talk: PtyRunning): Promise<string> {
  await answer(talk, 'Next:', 'Quit', `quit${enter}`);
  return '';
}

const lineIn = (screen: string): string => /same again: {2}(.*?)\r\n(?:saved|\u001b|\?)/s.exec(screen)?.[1]?.replaceAll('\r\n', '') ?? '';

describe.runIf(hasPrograms({ script: 'bsdutils' })).concurrent('the guide', () => {
  it('looks a pasted id up as the typed command does', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `${crego}${enter}`);
    await talk.showed(`same again:  loanq lookup ${crego} --sandbox`);
    await quits(talk);
    const { code } = await talk.ended;
    expect(code).toBe(0);
    const typed = await run(['lookup', crego, '--sandbox']);
    expect([await readFile(talk.out, 'utf8'), typed.code]).toEqual([typed.stdout, 0]);
  });

  it('shows the one thing that is found, and says its own command', async () => {
    const home = await ownHome();
    const talk = startPty(['--sandbox'], { home, env });
    await answer(talk, 'Paste an id', 'Quit', `${crego}${enter}`);
    await talk.showed(`same again:  loanq crego record ${crego} --sandbox`);
    await quits(talk);
    const { screen } = await talk.ended;
    const typed = await runPty(['crego', 'record', crego, '--sandbox'], { columns: 100, rows: 30, env });
    expect(typed.screen).toContain('13442.0');
    expect(screen.replaceAll('\r\n', '\n')).toContain(typed.screen);
  });

  test.each([
    ['between the marks of a terminal', `\u001b[200~${crego}\n${finlend}\r"${otherCrego}",\n\u001b[201~${enter}`],
    ['without any marks', `${crego}\r${finlend}\r${otherCrego}\r`],
    ['on one line', `${crego}, ${finlend}; ${otherCrego}${enter}`],
    [
      'in sentences',
      `\u001b[200~Customer of loan https://app.crego.io/records/${crego}/ and\r{${finlend}} says\rid=${otherCrego}.\r\u001b[201~${enter}`,
    ],
  ])('looks up many ids that are pasted %s', async (_, pasted) => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', pasted);
    await talk.showed(`same again:  loanq lookup ${crego}`);
    await quits(talk);
    const { screen, code } = await talk.ended;
    expect(code).toBe(0);
    expect(screen).toContain('3 keys: 3 delivered, 0 missing, 0 failed');
    const typed = await run(['lookup', crego, finlend, otherCrego, '--sandbox']);
    expect(await readFile(talk.out, 'utf8')).toBe(typed.stdout);
  });

  it('takes its time over a paste that comes in pieces', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `\u001b[200~${crego}\r`);
    await talk.showed('(1 pasted before this)');
    const typed = await run(['lookup', crego, otherCrego, '--sandbox']);
    talk.type(`${otherCrego}\r\u001b[201~`);
    await talk.showed('(2 pasted before this)');
    talk.type(enter);
    await talk.showed('same again:');
    await quits(talk);
    await talk.ended;
    expect(await readFile(talk.out, 'utf8')).toBe(typed.stdout);
  });

  it('leads to an endpoint and its key by way of the system', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `crego${enter}`);
    await answer(talk, 'What of Crego LMS?', 'Back', `record${enter}`);
    await answer(talk, 'Which ids? (a UUID)', 'an example', `${crego}${enter}`);
    await talk.showed(`same again:  loanq crego record ${crego} --sandbox`);
    await quits(talk);
    await talk.ended;
    expect(await readFile(talk.out, 'utf8')).toBe((await run(['crego', 'record', crego, '--sandbox'])).stdout);
  });

  it('refuses what is no key, and takes the corrected one', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `crego${enter}`);
    await answer(talk, 'What of Crego LMS?', 'Back', `record${enter}`);
    await answer(talk, 'Which ids? (a UUID)', 'an example', `REC0XAM2${enter}`);
    await talk.showed('REC0XAM2 looks like a ref_id; Crego reads records by UUID');
    talk.type(`\u0015${crego}${enter}`);
    await talk.showed(`same again:  loanq crego record ${crego} --sandbox`);
    await quits(talk);
    expect((await talk.ended).code).toBe(0);
  });

  it('asks for both keys of an entry', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `qi tech${enter}`);
    await answer(talk, 'What of QI Tech?', 'Back', `wallet-entry${enter}`);
    await answer(talk, 'Of which wallet key? (a UUID)', 'an example', `${wallet}${enter}`);
    await answer(talk, 'Which entry keys? (a UUID)', 'an example', enter);
    await talk.showed(`same again:  loanq qitech wallet-entry ${wallet} ${entry} --sandbox`);
    await quits(talk);
    await talk.ended;
    expect(await readFile(talk.out, 'utf8')).toBe((await run(['qitech', 'wallet-entry', wallet, entry, '--sandbox'])).stdout);
  });

  it('reads a list, and saves all its pages', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `crego${enter}`);
    await answer(talk, 'What of Crego LMS?', 'Back', `settlements${enter}`);
    await talk.showed('15 of 241 settlements');
    await talk.showed('same again:  loanq crego settlements --sandbox');
    await answer(talk, 'Save this page as CSV', 'Quit', `every page${enter}`);
    await answer(talk, 'Into which file?', 'Back', `all.csv${enter}`);
    await talk.showed('saved in all.csv');
    await quits(talk);
    await talk.ended;
    const typed = await run(['crego', 'settlements', '--sandbox', '--all', '--csv']);
    expect(await readFile(join(talk.home.cwd, 'all.csv'), 'utf8')).toBe(typed.stdout);
    expect(typed.stdout.split('\r\n')).toHaveLength(241 + 2);
  });

  it('asks for a parameter that a call cannot do without', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `ekuaibao${enter}`);
    await answer(talk, 'What of Ekuaibao', 'repayment-records', `message-failures${enter}`);
    await answer(talk, 'start-date: from this time on', ')', `2024-01-01${enter}`);
    await answer(talk, 'end-date: up to this time', ')', `2024-01-31${enter}`);
    await talk.showed('same again:  loanq ekuaibao message-failures --start-date 2024-01-01 --end-date 2024-01-31 --sandbox');
    await quits(talk);
    expect((await talk.ended).code).toBe(0);
  });

  it('saves a CSV that is the one of the typed command, and replaces no file unasked', async () => {
    const home = await ownHome();
    const talk = startPty(['--sandbox'], { home, env });
    await home.write('work/crego-record-229fe24c.csv', 'mine\n');
    await answer(talk, 'Paste an id', 'Quit', `${crego}${enter}`);
    await talk.showed('same again:');
    await answer(talk, 'Next:', 'Quit', `save${enter}`);
    await answer(talk, 'Into which file?', 'Back', enter);
    await answer(talk, 'crego-record-229fe24c.csv is there already.', 'Replace it', enter);
    await answer(talk, 'Into which file?', 'Back', `other.csv${enter}`);
    await talk.showed('same again:');
    await talk.showed('saved in other.csv');
    await answer(talk, 'Next:', 'Quit', `save${enter}`);
    await answer(talk, 'Into which file?', 'Back', enter);
    await answer(talk, 'crego-record-229fe24c.csv is there already.', 'Replace it', down + enter);
    await talk.showed('saved in crego-record-229fe24c.csv');
    await quits(talk);
    await talk.ended;
    const typed = (await run(['crego', 'record', crego, '--sandbox', '--csv'])).stdout;
    expect(await readFile(join(home.cwd, 'other.csv'), 'utf8')).toBe(typed);
    expect(await readFile(join(home.cwd, 'crego-record-229fe24c.csv'), 'utf8')).toBe(typed);
  });

  it('goes on to what is related, and explains a code that stands in the result', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `ID_3HV7_Hq1zKw${enter}`);
    await talk.showed('same again:');
    await answer(talk, 'Next:', 'Quit', `ekuaibao loan${enter}`);
    await talk.showed('same again:  loanq ekuaibao loan ID_3HV7_Hq1yKw --sandbox');
    await answer(talk, 'Next:', 'Quit', `REPAID${enter}`);
    await talk.showed('same again:  loanq explain REPAID');
    await quits(talk);
    await talk.ended;
    const typed = [
      ['lookup', 'ID_3HV7_Hq1zKw', '--sandbox'],
      ['ekuaibao', 'loan', 'ID_3HV7_Hq1yKw', '--sandbox'],
      ['explain', 'REPAID'],
    ];
    const printed = await Promise.all(typed.map(async words => (await run(words)).stdout));
    expect(await readFile(talk.out, 'utf8')).toBe(printed.join(''));
  });

  it('asks for the wallet in which an entry is to be looked for', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `${entry}${enter}`);
    await talk.showed('same again:');
    await answer(talk, 'Next:', 'Quit', `as well${enter}`);
    await answer(talk, 'Of which wallet key? (a UUID)', 'an example', `${wallet}${enter}`);
    await talk.showed(`same again:  loanq lookup ${entry} --sandbox --wallet ${wallet}`);
    await quits(talk);
    const { screen } = await talk.ended;
    expect(screen.slice(screen.lastIndexOf('same again:'))).not.toContain('as well');
    const typed = [
      ['lookup', entry, '--sandbox'],
      ['lookup', entry, '--sandbox', '--wallet', wallet],
    ];
    const printed = await Promise.all(typed.map(async words => (await run(words)).stdout));
    expect(await readFile(talk.out, 'utf8')).toBe(printed.join(''));
  });

  it('explains a code from the start, whether chosen or typed', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `what does${enter}`);
    await answer(talk, 'Which code?', '', `cin000078${enter}`);
    await talk.showed('same again:  loanq explain CIN000078');
    await answer(talk, 'Next:', 'Quit', `another${enter}`);
    await answer(talk, 'Paste an id', 'Quit', `CIN000078${enter}`);
    await talk.showed('same again:  loanq explain CIN000078');
    await quits(talk);
    await talk.ended;
    const { stdout } = await run(['explain', 'CIN000078']);
    expect(await readFile(talk.out, 'utf8')).toBe(stdout + stdout);
  });

  it('says a line that a shell takes for the same', async () => {
    const home = await ownHome();
    await home.write('work/it is $HOME.json', JSON.stringify({ profiles: {} }), 0o600);
    const talk = await guide(['--sandbox', '--config', 'it is $HOME.json', '--tz', 'Asia/Shanghai'], { home });
    await answer(talk, 'Paste an id', 'Quit', `${crego}${enter}`);
    await talk.showed('same again:');
    await quits(talk);
    const { screen } = await talk.ended;
    const line = lineIn(screen);
    expect(line).toBe(`loanq lookup ${crego} --tz Asia/Shanghai --config 'it is $HOME.json' --sandbox`);
    expect((await runShell(line, { home })).stdout).toBe(await readFile(talk.out, 'utf8'));
  });

  it('tells a failure with its hint, and asks on', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `${unknown}${enter}`);
    await talk.showed(`error: loanq lookup ${unknown}: not found in`);
    await talk.showed('hint: ');
    await answer(talk, 'Next:', 'Quit', `REC0XAM2${enter}`);
    await talk.showed('REC0XAM2 looks like a ref_id');
    await answer(talk, 'Next:', 'Quit', `${crego}${enter}`);
    await talk.showed(`same again:  loanq lookup ${crego} --sandbox`);
    await quits(talk);
    expect((await talk.ended).code).toBe(0);
  });

  it('takes words that are no id for none, and says so', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `${crego}${enter}`);
    await answer(talk, 'Next:', 'Quit', `hello world${enter}`);
    await talk.showed('no id, no code and none of the choices: paste an id, or empty the field');
    talk.type(`\u0015settlement order${enter}`);
    await talk.showed('same again:  loanq explain settlement order');
    await quits(talk);
    const { code, screen } = await talk.ended;
    expect([code, screen.includes('2 keys')]).toEqual([0, false]);
    expect(await readFile(talk.out, 'utf8')).toContain('earliest due date first');
  });

  it('goes on for as long as somebody asks, without a word of its own', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `24${enter}`);
    for (let times = 0; times < 12; times += 1) await answer(talk, 'same again:', 'Quit', `24${enter}`);
    await talk.showed('same again:');
    await quits(talk);
    expect((await talk.ended).screen).not.toContain('MaxListeners');
  });
});

describe.runIf(hasPrograms({ script: 'bsdutils' })).concurrent('the guide and what is set up', () => {
  it('offers made-up data where nothing is set up', async () => {
    const talk = await guide([]);
    await answer(talk, 'Nothing is set up yet.', 'Quit', `made-up${enter}`);
    await answer(talk, 'Paste an id', 'Quit', enter);
    await talk.showed('same again:  loanq lookup ID_3HV7_Hq1zKw --sandbox');
    await quits(talk);
    expect((await talk.ended).code).toBe(0);
  });

  it('ends where nothing is set up and nothing shall be', async () => {
    const talk = await guide([]);
    await answer(talk, 'Nothing is set up yet.', 'Quit', down + down + enter);
    expect((await talk.ended).code).toBe(0);
    expect(await readdir(talk.home.path)).not.toContain('.config');
  });

  it('sets a system up', async () => {
    const talk = await guide([]);
    await answer(talk, 'Nothing is set up yet.', 'Quit', enter);
    await talk.showed('Which system?');
    await talk.showed('Interlace');
    talk.type('\u0003');
    const { screen, code } = await talk.ended;
    expect([code, screen.includes('error')]).toEqual([130, false]);
  });

  it('goes on with the system that has been set up', async () => {
    const talk = await guide([]);
    await answer(talk, 'Nothing is set up yet.', 'Quit', enter);
    await answer(talk, 'Which system?', 'Interlace', down + enter);
    await answer(talk, 'Which environment?', '', enter);
    await answer(talk, 'IP address of the customer? FinLend wants one with every lookup', '', `203.0.113.7${enter}`);
    await answer(talk, 'Which credential?', '', enter);
    await answer(talk, 'Paste the token', '', `canary-token-of-a-guide${enter}`);
    await answer(talk, 'Where shall it be kept?', '', enter);
    await answer(talk, 'Try it now?', '', down + enter);
    await talk.showed('Paste an id or several');
    await talk.showed('FinCode FinLend  finlend.fincode.software');
    await answer(talk, 'Interlace  not set up', 'Quit', `quit${enter}`);
    const { screen, code } = await talk.ended;
    expect([code, screen.includes('canary')]).toEqual([0, false]);
  });

  it('names who is set up where, and who is not', async () => {
    const home = await ownHome();
    const at = 'http://127.0.0.1:9';
    await home.configure({ profiles: { crego: profileFor('crego', at), one: profileFor('finlend', at), two: profileFor('finlend', at) } });
    const talk = await guide([], { home });
    await answer(talk, 'Crego LMS  127.0.0.1:9', 'Quit', `qi tech${enter}`);
    await answer(talk, 'QI Tech is not set up.', 'Back', `back${enter}`);
    await answer(talk, 'Interlace  not set up', 'Quit', `finlend${enter}`);
    await answer(talk, 'What of FinCode FinLend?', 'customer-repayments', `customer-repayments${enter}`);
    await answer(talk, 'Under which profile of FinCode FinLend?', 'two', `two${enter}`);
    await answer(talk, 'Which customer ids? (a UUID)', '', `${finlend}${enter}`);
    await talk.showed(`same again:  loanq finlend customer-repayments ${finlend} --profile two`);
    await quits(talk);
    expect((await talk.ended).code).toBe(0);
  });

  it('shows nothing raw of what a provider sends', async () => {
    const home = await ownHome();
    const server = closeLater(await startFaultServer());
    const hostile = { id: crego, ref_id: 'x\u001b]0;owned\u0007', status: 'processed\u001b[2J', account: '\u001b[31m', amount: 10.0 };
    server.script(`/v1/lms/records/${crego}/`, reply(200, JSON.stringify(hostile), { 'content-type': 'application/json' }));
    await home.configure({ profiles: { crego: profileFor('crego', server.origin) } });
    const talk = startPty([], { home, env });
    await answer(talk, 'Paste an id', 'Quit', `crego${enter}`);
    await answer(talk, 'What of Crego LMS?', 'Back', `record${enter}`);
    await answer(talk, 'Which ids? (a UUID)', '', `${crego}${enter}`);
    await talk.showed('same again:');
    await quits(talk);
    const { screen } = await talk.ended;
    expect(screen).not.toContain('\u001b]0;');
    expect(screen).not.toContain('\u001b[2J');
    expect(screen).not.toContain('\u001b[31m');
  });

  it('shows no secret that a provider gives back as an id', async () => {
    const home = await ownHome();
    const server = closeLater(await startFaultServer());
    const token = '0badc0de-1111-4222-8333-444455556666';
    const settlement = { id: otherCrego, record: token, amount: 10.0 };
    server.script('/v1/lms/settlements/', reply(200, JSON.stringify({ results: [settlement] }), { 'content-type': 'application/json' }));
    await home.configure({ profiles: { crego: profileFor('crego', server.origin, { credentials: { token } }) } });
    const talk = startPty([], { home, env });
    await answer(talk, 'Paste an id', 'Quit', `crego${enter}`);
    await answer(talk, 'What of Crego LMS?', 'Back', `settlements${enter}`);
    await talk.showed('same again:');
    await quits(talk);
    const { screen } = await talk.ended;
    expect(server.requests).toHaveLength(1);
    expect(screen).toContain('[redacted]');
    expect(screen).not.toContain(token);
  });

  it('shows made-up data of a system that is not set up, and asks the others themselves', async () => {
    const home = await ownHome();
    const server = closeLater(await startFaultServer());
    server.script(`/v1/lms/records/${crego}/`, reply(200, `{"id":"${crego}"}`, { 'content-type': 'application/json' }));
    await home.configure({ profiles: { crego: profileFor('crego', server.origin) } });
    const talk = await guide([], { home });
    await answer(talk, 'Paste an id', 'Quit', `qi tech${enter}`);
    await answer(talk, 'QI Tech is not set up.', 'Back', `made-up${enter}`);
    await answer(talk, 'What of QI Tech?', 'Back', `wallet${enter}`);
    await answer(talk, 'Which wallet keys?', 'an example', enter);
    await talk.showed(`same again:  loanq qitech wallet ${entry} --sandbox`);
    await answer(talk, 'Next:', 'Quit', `${crego}${enter}`);
    await talk.showed(`same again:  loanq lookup ${crego}\r\n`);
    await quits(talk);
    await talk.ended;
    expect(server.requests).toHaveLength(1);
  });

  it('asks among many by a part of the name', async () => {
    const talk = await guide();
    await answer(talk, 'Paste an id', 'Quit', `finlend${enter}`);
    await answer(talk, 'What of FinCode FinLend?', 'in all: type a part of a name', `pending${enter}`);
    await talk.showed('Which user ids? (a UUID)');
    talk.type(esc);
    expect((await talk.ended).code).toBe(130);
  });

  it('is left with Ctrl-C while a system does not answer', async () => {
    const home = await ownHome();
    const server = closeLater(await startFaultServer());
    server.script(`/v1/lms/records/${crego}/`, silence);
    await home.configure({ profiles: { crego: profileFor('crego', server.origin) } });
    const talk = startPty([], { home, env });
    await answer(talk, 'Paste an id', 'Quit', `${crego}${enter}`);
    await server.received(1);
    talk.type('\u0003');
    const { screen, code } = await talk.ended;
    expect([code, screen.includes('error'), screen.includes('Next:')]).toEqual([130, false, false]);
  });

  it('reports a configuration that cannot be read', async () => {
    const home = await ownHome();
    await home.configure('{ "profiles": ');
    const { code, screen } = await (await guide([], { home })).ended;
    expect(code).toBe(20);
    expect(screen).toMatch(/^error: .*config\.json/);
  });
});

type Step = readonly [question: string, last: string, given: string];

/** Each question, and how somebody gets there. */
const questions: readonly (readonly [question: string, args: readonly string[], way: readonly Step[]])[] = [
  ['Nothing is set up yet.', [], []],
  ['Paste an id', ['--sandbox'], []],
  ['What of Crego LMS?', ['--sandbox'], [['Paste an id', 'Quit', `crego${enter}`]]],
  [
    'Which ids? (a UUID)',
    ['--sandbox'],
    [
      ['Paste an id', 'Quit', `crego${enter}`],
      ['What of Crego LMS?', 'Back', `record${enter}`],
    ],
  ],
  ['Which code?', ['--sandbox'], [['Paste an id', 'Quit', `what does${enter}`]]],
  ['Next:', ['--sandbox'], [['Paste an id', 'Quit', `24${enter}`]]],
  [
    'Into which file?',
    ['--sandbox'],
    [
      ['Paste an id', 'Quit', `${crego}${enter}`],
      ['Next:', 'Quit', `save${enter}`],
    ],
  ],
];

describe.runIf(hasPrograms({ script: 'bsdutils' }))('whoever leaves the guide', () => {
  describe.each(questions)('at “%s”', (question, args, way) => {
    test.concurrent.each([
      ['Esc', esc, 130],
      ['Ctrl-C', '\u0003', 130],
      ['Ctrl-D', '\u0004', 130],
      ['SIGTERM', undefined, 143],
    ] as const)('with %s is not told of an error', async (_, key, exit) => {
      const talk = await guide(args);
      for (const [asked, last, given] of way) await answer(talk, asked, last, given);
      await talk.showed(question);
      if (key === undefined) await talk.signal('SIGTERM');
      else talk.type(key);
      const { screen, code } = await talk.ended;
      expect(code).toBe(exit);
      expect(screen).not.toContain('error');
      expect(screen.lastIndexOf('\u001b[?2004l')).toBeGreaterThan(screen.lastIndexOf('\u001b[?2004h'));
    });
  });
});

describe('loanq alone', () => {
  const overview = /^Usage: loanq <provider> <endpoint> \[keys\.\.\.\] \[options\]/;

  test('without a terminal is help, and a usage error', async () => {
    const { stdout, stderr, code } = await run([]);
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toMatch(overview);
  });

  test.runIf(hasPrograms({ script: 'bsdutils' })).each<readonly [string, readonly string[], NodeJS.ProcessEnv]>([
    ['CI', [], { CI: 'true' }],
    ['--no-input', ['--no-input'], {}],
    ['a terminal that moves no cursor', [], { TERM: 'dumb' }],
  ])('with %s is the same on a terminal', async (_, args, more) => {
    const home = await ownHome();
    const { screen, code } = await startPty(args, { home, env: more }).ended;
    expect(code).toBe(2);
    expect(screen).toMatch(overview);
  });

  test.runIf(hasPrograms({ script: 'bsdutils' }))('refuses an option that means nothing to the guide', async () => {
    const home = await ownHome();
    const { screen, code } = await startPty(['--csv'], { home, env }).ended;
    expect([code, screen]).toEqual([2, 'error: --csv needs something to look up\r\nhint: loanq --help\r\n']);
  });
});

describe.runIf(hasPrograms({ script: 'bsdutils' })).concurrent('the guide speaks the language of who is there', () => {
  test.each([
    ['zh', '查询 Crego LMS 的什么？', '返回', '哪些 ids？（UUID）', '示例'],
    ['pt', 'O que de Crego LMS?', 'Voltar', 'Quais ids? (um UUID)', 'um exemplo'],
  ])('and asks for keys in it: %s', async (lang, what, back, keys, sample) => {
    const talk = await guide(['--sandbox', '--lang', lang]);
    await talk.showed('Crego LMS  sandbox');
    await talk.showed('Interlace  sandbox');
    talk.type(`crego${enter}`);
    await answer(talk, what, back, `record${enter}`);
    await answer(talk, keys, sample, esc);
    expect((await talk.ended).code).toBe(130);
  });

  test.each([
    [
      'zh_CN.UTF-8',
      '尚未设置任何系统。',
      '用虚构数据试用',
      '粘贴一个或多个 ID，或从下面选择：',
      '退出',
      '同样的命令：loanq lookup',
      '接下来：',
    ],
    [
      'pt_BR.UTF-8',
      'Nada está configurado ainda.',
      'Experimentar com dados fictícios',
      'Cole um id ou vários, ou escolha:',
      'Sair',
      'o mesmo de novo:  loanq lookup',
      'A seguir:',
    ],
  ])('%s', async (locale, nothing, sandbox, paste, quit, again, next) => {
    const talk = await guide([], { env: { LANG: locale } });
    await answer(talk, nothing, quit, `${sandbox}${enter}`);
    await answer(talk, paste, quit, `${crego}${enter}`);
    await talk.showed(again);
    await answer(talk, next, quit, `${quit}${enter}`);
    const { code } = await talk.ended;
    expect(code).toBe(0);
  });
});
