// --limit counts rows, and with --explode each element of the list is one.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();
const hook = (batch: string, size: number) =>
  JSON.stringify({ batchNo: batch, page: 1, size, total: size, lastPage: true, fileUrl: '', list: Array(size).fill('x') });
const stdin = `${hook('B1', 2)}\n${hook('B2', 0)}\n${hook('B3', 3)}\n`;

test.each([
  [1, ['B1']],
  [2, ['B1', 'B1']],
  [3, ['B1', 'B1', 'B2']],
  [5, ['B1', 'B1', 'B2', 'B3', 'B3']],
  [9, ['B1', 'B1', 'B2', 'B3', 'B3', 'B3']],
])('--limit %i', async (limit, batches) => {
  const args = ['interlace', 'batch-hook', '--input', '-', '--explode', 'list', '--limit', `${limit}`, '--csv', '--fields', 'batchNo'];
  const { code, stdout } = await runInProcess(args, { home, stdin });
  expect({ code, stdout }).toEqual({ code: 0, stdout: ['batchNo', ...batches, ''].join('\r\n') });
});

test('without --explode it counts records', async () => {
  const args = ['interlace', 'batch-hook', '--input', '-', '--limit', '2', '--csv', '--fields', 'batchNo'];
  expect((await runInProcess(args, { home, stdin })).stdout).toBe('batchNo\r\nB1\r\nB2\r\n');
});
