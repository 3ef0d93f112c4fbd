// --dry-run shows what would be sent, needs no credential for it, and with -v the plan of the run.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { configFor } from '../runner/profiles.ts';

const home = await sharedHome();
const id = '229fe24c-d840-48dc-959a-e0ff1479df35';
const url = `https://preprod.api.crego.io/v1/lms/records/${id}/?expand=payouts`;
const request = ['accept: application/json', 'Authorization: Bearer [missing: token]'];
const shown = [`GET ${url}`, ...request, '', `curl --globoff '${url}' ${request.map(line => `--header '${line}'`).join(' ')}`, ''].join(
  '\n',
);

test('without a profile the place of the credential is shown, and what is missing said', async () => {
  expect(await runInProcess(['crego', 'record', id, '--dry-run'], { home })).toEqual({
    code: 0,
    stdout: shown,
    stderr: 'warning: shown without its credential: there is no profile for crego\n',
  });
});

test('a secret that is not there is named with its source', async () => {
  const config = configFor('crego', 'https://preprod.api.crego.io', { credentials: { token: 'env:NOT_SET' } });
  expect(await runInProcess(['crego', 'record', id, '--dry-run', '--config', await home.configure(config)], { home })).toEqual({
    code: 0,
    stdout: shown,
    stderr: 'warning: shown without its credential: the variable NOT_SET is not set (token of profile "test")\n',
  });
});

test('with -v the plan of the run is told, the secret is not', async () => {
  const config = await home.configure(configFor('crego', 'https://preprod.api.crego.io', { retries: 7 }));
  const { code, stdout, stderr } = await runInProcess(['crego', 'record', id, '--dry-run', '-v', '--config', config, '--csv'], { home });
  expect(code).toBe(0);
  expect(stdout).toContain('\nAuthorization: [redacted]\n');
  expect(stderr.split('\n').slice(0, 13)).toEqual([
    'endpoint               crego record',
    'answers from           https://preprod.api.crego.io, profile test',
    'keys                   one',
    'drift is an error      no',
    'no row is an error     no',
    'one attempt            60 s',
    'tries after the first  7',
    'requests a second      5',
    'of all runs together   5',
    'requests at a time     4',
    'Retry-After            up to 60 s',
    'deadline               none',
    'format                 csv',
  ]);
});

test('several keys show their first call', async () => {
  const { stdout } = await runInProcess(['ekuaibao', 'repayment-records', 'ID_1', 'ID_2', '--dry-run'], { home });
  expect(stdout.split('\n')[0]).toBe(
    'GET https://app.ekuaibao.com/api/openapi/v1/loan/repaymentRecord/[ID_1,ID_2]?accessToken=[missing:%20accessToken]',
  );
});
