// Profiles that variables make are profiles: `config list` and `config check` speak of them, and never of a secret.
import { expect, test } from 'vitest';
import { ownHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { run } from '../runner/run.ts';

const env = { LOANQ_CREGO_TOKEN: 'canary-token-0001', LOANQ_CREGO_BASE_URL: 'http://127.0.0.1:9' };

test('without a config file they are all there is', async () => {
  const home = await ownHome();
  expect(await runInProcess(['config', 'list'], { home, env })).toEqual({
    code: 0,
    stdout: `Profile  System     Asked        Environment  Secret from         Default
env      Crego LMS  127.0.0.1:9               $LOANQ_CREGO_TOKEN  true
`,
    stderr: '',
  });
  expect(await runInProcess(['config', 'check'], { home, env })).toEqual({
    code: 0,
    stdout: `Profile  System     State  Asked        Secret from
env      Crego LMS  ready  127.0.0.1:9  $LOANQ_CREGO_TOKEN
`,
    stderr: '',
  });
});

test('they follow those of the file, for providers that have none there', async () => {
  const home = await ownHome();
  await home.configure({ profiles: { lms: { provider: 'crego', credentials: { token: 'env:LMS_TOKEN' } } } });
  const more = { ...env, LMS_TOKEN: 'canary-token-0002', LOANQ_EKUAIBAO_ACCESS_TOKEN: 'canary-token-0003' };
  const names = ['--csv', '--fields', 'profile,provider,state', '--no-header'];
  expect(await runInProcess(['config', 'list', ...names], { home, env: more })).toMatchObject({
    code: 0,
    stdout: 'lms,crego,\r\nenv,ekuaibao,\r\n',
  });
  expect((await runInProcess(['config', 'check', ...names], { home, env: more })).stdout).toBe('lms,crego,ready\r\nenv,ekuaibao,ready\r\n');
});

test('one whose secret cannot be read is told, and ends with 20', async () => {
  const home = await ownHome();
  const broken = { LOANQ_QITECH_CLIENT_KEY: 'client', LOANQ_QITECH_PRIVATE_KEY: 'file:/nonexistent/key.pem' };
  const { code, stdout, stderr } = await runInProcess(['config', 'check'], { home, env: broken });
  expect(code).toBe(20);
  expect(stdout).toBe(`Profile  System   State           Asked                Secret from
env      QI Tech  cannot be used  api-auth.qitech.app  /nonexistent/key.pem
`);
  expect(stderr).toBe('error: env: cannot read /nonexistent/key.pem: it does not exist\nerror: 1 of 1 profiles cannot be used\n');
});

test('with neither a file nor a variable there is nothing to list', async () => {
  const home = await ownHome();
  for (const action of ['list', 'check']) {
    const { code, stdout, stderr } = await runInProcess(['config', action], { home });
    expect({ code, stdout }).toEqual({ code: 20, stdout: '' });
    expect(stderr).toContain('there is no config file');
  }
});

test('path says where it has looked, or that no home directory is known', async () => {
  const home = await ownHome();
  const nowhere = { HOME: '', XDG_CONFIG_HOME: '' };
  expect(await run(['config', 'path'], { home, env: nowhere })).toMatchObject({
    code: 20,
    stdout: '',
    stderr: 'error: there is no config file\nhint: no home directory is known: set HOME, or name a file with --config\n',
  });
  const { stderr } = await run(['config', 'path'], { home });
  expect(stderr).toBe(
    `error: there is no config file\nhint: looked for ${['json', 'yaml', 'yml'].map(ending => `${home.path}/.config/loanq/config.${ending}`).join(', ')}, ${['', '.json', '.yaml', '.yml'].map(ending => `${home.path}/.loanqrc${ending}`).join(', ')}\n`,
  );
});
