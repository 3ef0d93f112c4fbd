// `loanq sandbox`: what can be wrong with its port.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();

test('a port that is taken is named, and no bug', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const said = await runInProcess(['sandbox', '--port', `${port}`], { home });
  expect(said).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: port ${port} is in use\nhint: choose another first port with --port\n`,
  });
  taken.close();
  await once(taken, 'close');
});

test('the last of its five ports may be the last there is', async () => {
  const { code, stderr } = await runInProcess(['sandbox', '--port', '65532'], { home });
  expect([code, stderr]).toEqual([2, 'error: --port must be a whole number from 1 to 65531\n']);
});
