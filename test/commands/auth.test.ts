// `auth status -p`: the profile that is meant, whatever is wrong with others.
import { expect, test } from 'vitest';
import { ownHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

test('speaks of the one that was named, though another one could not be opened', async () => {
  const home = await ownHome();
  await home.configure({ profiles: { lms: { provider: 'crego', credentials: { token: 'env:LMS_TOKEN' } } } });
  // Half a credential: on its own this is a fault of the configuration.
  const env = { LMS_TOKEN: 'canary-token-0004', LOANQ_QITECH_CLIENT_KEY: 'client' };
  const named = await runInProcess(['auth', 'status', '-p', 'lms'], { home, env });
  expect(named).toMatchObject({ code: 0, stderr: '' });
  expect(named.stdout).toBe(`Profile  System     State  Asked                 Secret from
lms      Crego LMS  ready  preprod.api.crego.io  $LMS_TOKEN
`);
  const all = await runInProcess(['auth', 'status'], { home, env });
  expect(all).toMatchObject({ code: 20, stdout: '' });
  expect(all.stderr).toContain('LOANQ_QITECH');
});
