// A record watched by the built program: what reaches a pipe, a terminal and the one who waits, while the provider's answer changes.
import { describe, expect, it, test } from 'vitest';
import type { Home } from '../../runner/home.ts';
import { closeLater, ownHome } from '../../runner/left-overs.ts';
import { configFor } from '../../runner/profiles.ts';
import { hasPrograms } from '../../runner/programs.ts';
import { startPty } from '../../runner/pty.ts';
import { run, runShell, start } from '../../runner/run.ts';
import { type FaultServer, reply, type Step, startFaultServer } from '../../servers/fault-server.ts';

const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const call = ['crego', 'record', id];
const watch = [...call, '--watch', '5'];

/** A record as the provider sends it. */
function record(status: string, more = ''): string {
  return `{"id":"${id}","ref_id":"REC0XAM2","status":"${status}","amount":13442.0${more}}`;
}

const answer = (body: string): Step => reply(200, body, { 'content-type': 'application/json' });
const gone = reply(404, '{"detail":"Not found."}', { 'content-type': 'application/json' });

async function stage(...steps: Step[]): Promise<{ readonly home: Home; readonly server: FaultServer }> {
  const server = closeLater(await startFaultServer());
  const home = await ownHome();
  server.script(`/v1/lms/records/${id}/`, ...steps);
  await home.configure(configFor('crego', server.origin, { retries: 0 }));
  return { home, server };
}

describe.concurrent('into a pipe', () => {
  it('goes a row when the record has changed, until it says what is waited for', async () => {
    const { home, server } = await stage(
      answer(record('open')),
      answer(record('open').replace('13442.0', '13442.00')),
      answer(record('processed', ',"extra":1')),
    );
    const { stdout, stderr, code } = await run([...watch, '--until', 'status=processed'], { home });
    expect(stdout).toBe(`${record('open')}\n${record('processed', ',"extra":1')}\n`);
    expect([code, server.requests.length]).toEqual([0, 3]);
    expect(stderr).toMatch(/^until status=processed: reached after 1\d s$/m);
  });

  it('goes each row at once: a loop of the shell reads it while the watch goes on', async () => {
    const { home, server } = await stage(answer(record('open')), answer(record('processed')));
    const line = `loanq ${watch.join(' ')} --fields status | while read row; do echo "got $row"; test "$row" = '{"status":"processed"}' && break; done`;
    const ran = runShell(line, { home });
    await server.received(3);
    server.script(`/v1/lms/records/${id}/`, answer(record('again')));
    expect((await ran).stdout).toBe('got {"status":"open"}\ngot {"status":"processed"}\n');
  });

  it('goes CSV with its head once, and only what the chosen fields say', async () => {
    const { home } = await stage(answer(record('open')), answer(record('open', ',"utr":"x"')), answer(record('processed')));
    const { stdout, code } = await run([...watch, '--csv', '--fields', 'Status,amount', '--until', 'Status=processed'], { home });
    expect([code, stdout]).toEqual([0, 'status,amount\r\nopen,13442.0\r\nprocessed,13442.0\r\n']);
  });

  it('goes the record for people if that is asked for', async () => {
    const { home } = await stage(answer(record('open')), answer(record('processed')));
    const { stdout, code } = await run([...watch, '-o', 'record', '--fields', 'status', '--until', 'status=processed'], { home });
    expect([code, stdout.replace(/\d\d:\d\d:\d\d/, 'TIME')]).toEqual([0, 'Status  open\n\nStatus  open  ->  processed  TIME +00:00\n']);
  });

  it('ends at the first look where there is nothing to wait for', async () => {
    const { home, server } = await stage(answer(record('processed')));
    const { stdout, code } = await run([...call, '--watch', '--until', 'status=processed'], { home });
    expect([code, stdout, server.requests.length]).toEqual([0, `${record('processed')}\n`, 1]);
  });

  it('takes no id for seconds, nor seconds for an id', async () => {
    const { home } = await stage(answer(record('processed')));
    const until = ['--until', 'remaining_amount='];
    for (const args of [
      ['crego', 'record', '--watch', id, ...until],
      ['crego', '--watch', '7', 'record', id, ...until],
      ['--watch', 'crego', 'record', id, ...until],
    ]) {
      expect([args, (await run(args, { home })).code]).toEqual([args, 0]);
    }
  });

  it('is told once of a failure that passes, and of a record that vanishes', async () => {
    const busy = reply(503, '{"detail":"busy"}');
    const { home } = await stage(answer(record('open')), busy, gone, answer(record('processed')));
    const { stdout, stderr, code } = await run([...watch, '--until', 'status=processed'], { home });
    expect([code, stdout]).toEqual([0, `${record('open')}\n${record('processed')}\n`]);
    const said = stderr.split('\n').map(line => line.replace(/^\d\d:\d\d:\d\d \+00:00: /, ''));
    expect(said.slice(0, 3)).toEqual([
      expect.stringMatching(`^error: crego record ${id}: .*503`),
      `crego record ${id} answers again`,
      `crego record ${id} is not found any more`,
    ]);
  });

  it('ends with 21 for a record that is not there, and with 4 for a credential that is refused', async () => {
    const absent = await stage(gone);
    expect((await run(watch, { home: absent.home })).code).toBe(21);
    const refused = await stage(answer(record('open')), reply(401, '{"code":"token_not_valid"}'));
    const { code, stdout } = await run(watch, { home: refused.home });
    expect([code, stdout]).toEqual([4, `${record('open')}\n`]);
  });

  it('ends with 28 at the deadline, and says the last state', async () => {
    const { home } = await stage(answer(record('open')));
    const { code, stdout, stderr } = await run([...watch, '--deadline', '6', '--until', 'status=processed'], { home });
    expect([code, stdout]).toEqual([28, `${record('open')}\n`]);
    expect(stderr).toMatch(/^last seen \d\d:\d\d:\d\d \+00:00: Record 229fe24c\S+, Reference REC0XAM2, Status open, Amount 13442\.0$/m);
  });

  it('ends with 130 and the last state when somebody stops it', async () => {
    const { home, server } = await stage(answer(record('open')));
    const running = start(watch, { home });
    await running.saidOnStdout(record('open'));
    await server.received(1);
    running.child.kill('SIGINT');
    const { code, signal, stderr } = await running.ended;
    expect(signal ?? code).toBe(130);
    expect(stderr).toMatch(/^last seen .*Status open/m);
  });

  it('ends with 141 when its reader has gone: nobody has seen the condition hold', async () => {
    const { home } = await stage(answer(record('open')), answer(record('late')), answer(record('later')));
    const line = `set -o pipefail; loanq ${watch.join(' ')} --until status=later | head -1`;
    const { code, stdout, stderr } = await runShell(line, { home });
    expect([code, stdout, stderr]).toEqual([141, `${record('open')}\n`, '']);
  });

  it('says the last state of a record whose fields no page prints', async () => {
    const application = ['finlend', 'admin-application', '123e4567-e89b-12d3-a456-426614174000', '--sandbox'];
    const { stderr, code } = await run([...application, '--watch', '--deadline', '1']);
    expect(code).toBe(28);
    expect(stderr).toMatch(/^last seen .*: .*customer\.email a••••@example\.com, .*loanApplicationStatus DISBURSED/m);
    const asCsv = await run([...application, '--watch', '--csv']);
    expect([asCsv.code, asCsv.stdout]).toEqual([2, '']);
    expect(asCsv.stderr).toContain('-o csv wants --fields');
  });

  it('masks what it says beside the rows', async () => {
    const wallet = ['qitech', 'wallet', '8cb70dea-9fb0-4a68-9572-99a72849c8d6', '--sandbox'];
    const { stdout, stderr, code } = await run([...wallet, '--watch', '--deadline', '1']);
    const [{ owner_document_number: number }] = JSON.parse((await run([...wallet, '--json'])).stdout);
    expect([code, stdout.includes(number)]).toEqual([28, true]);
    expect(stderr).toMatch(/^last seen .*•/m);
    expect(stderr).not.toContain(number);
  });
});

test.each([
  ['4', '--watch'],
  ['0', '--watch'],
  ['100000', '--watch'],
])('--watch %s is no interval', async (seconds, says) => {
  const { code, stderr } = await run([...call, '--watch', seconds, '--sandbox']);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
  expect(stderr).toContain('it must be a number from 5 to 86400');
});

test.each([
  [['crego', 'settlements', '--watch'], 'docs/cron.md'],
  [['lookup', id, '--watch'], 'lookup does not read --watch'],
  [[id, '--watch', '--until', 'status=x'], 'lookup does not read --watch'],
])('%j is refused', async (args, says) => {
  const { code, stderr } = await run([...args, '--sandbox']);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
});

test('what a code means stands for the code, in any language', async () => {
  for (const meaning of ['repayment by write-off', '核销还款', 'WRITEOFF', 'writeoff']) {
    const args = [
      'ekuaibao',
      'repayment-records',
      'ID_3HV7_Hq1zKw',
      '--watch',
      '--until',
      `repaymentType=${meaning}`,
      '--sandbox',
      '--dry-run',
      '-v',
    ];
    const { code, stderr } = await run(args);
    expect([meaning, code, /^until +(.*)$/m.exec(stderr)?.[1]]).toEqual([meaning, 0, 'repaymentType=WRITEOFF']);
  }
});

describe.runIf(hasPrograms({ script: 'bsdutils' })).concurrent('on a terminal', () => {
  it('stands the record, and then its changes with their time', async () => {
    const bank = (no: string): string => `,"date":1662402524,"collection_bank":{"account_no":"${no}"}`;
    const { home } = await stage(
      answer(record('open', bank('111122223333'))),
      answer(record('\u001b]0;owned\u0007'.replace('\u001b', '\\u001b').replace('\u0007', '\\u0007'), bank('999988887777'))),
      answer(record('processed', bank('999988887777').replace('1662402524', '1662402525'))),
    );
    const running = startPty([...watch, '--until', 'status=processed'], { home, env: { NO_COLOR: '1', TZ: 'Asia/Shanghai' } });
    await running.showed('13442.0');
    await running.showed(`crego record ${id}: every 5 s, look 1 at`);
    await running.showed('until status=processed: reached after');
    const { screen, code } = await running.ended;
    expect(code).toBe(0);
    const changes = screen.split(/\r\n|\r/).filter(line => line.includes('  ->  '));
    expect(
      changes.map(line =>
        line
          .replace('\u001b[K', '')
          .replace(/\d\d:\d\d:\d\d \+08:00$/, 'TIME')
          .replace(/ {2,}/g, '  '),
      ),
    ).toEqual([
      'Status  open  ->  \\x1b]0;owned\\x07  TIME',
      'Collection bank: Account number  ••••3333  ->  ••••7777  TIME',
      'Date  2022-09-06 02:28:44 +08:00  ->  2022-09-06 02:28:45 +08:00  TIME',
      'Status  \\x1b]0;owned\\x07  ->  processed  TIME',
    ]);
    expect(screen).not.toContain('\u001b]0;');
  });

  it('that knows ASCII only, the marks of a change are ASCII', async () => {
    const bank = (no: string): string => `,"collection_bank":{"account_no":"${no}"}`;
    const { home } = await stage(answer(record('open', bank('111122223333'))), answer(record('processed', bank('999988887777'))));
    const env = { NO_COLOR: '1', LC_ALL: 'C' };
    const running = startPty([...watch, '--until', 'status=processed'], { home, env });
    const { screen, code } = await running.ended;
    expect(code).toBe(0);
    expect(screen).toMatch(/Account number +\*{4}3333 +-> +\*{4}7777 /);
    expect(screen).not.toContain('•');
  });

  it('says the last state when somebody presses Ctrl-C', async () => {
    const { home, server } = await stage(answer(record('open')));
    const running = startPty(watch, { home, env: { NO_COLOR: '1' } });
    await running.showed(`test: ${new URL(server.origin).host}`);
    await running.showed('look 1 at');
    running.type('\u0003');
    const { screen, code } = await running.ended;
    expect(code).toBe(130);
    expect(screen).toMatch(/last seen .*Status\s+open, Amount 13442\.0/);
  });
});
