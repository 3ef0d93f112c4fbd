// `loanq endpoints` tells how far the pages of a provider carry: what is deprecated, assumed, or printed without its fields.
import { expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';

const home = await sharedHome();

test('the status of an endpoint, in words and as JSON', async () => {
  const { stdout: lines, code } = await runInProcess(['endpoints'], { home });
  expect(code).toBe(0);
  expect(lines).toContain('\nfinlend loan\n');
  expect(lines).toContain('\nfinlend totals (columns from data)\n');
  expect(lines).toContain('\nfinlend loan-history (unverified, columns from data)\n');
  expect(lines).toContain('\ncrego settlements (unverified)\n');
  expect(lines).toContain('\nekuaibao repayments (deprecated)\n');
  const { stdout: json } = await runInProcess(['endpoints', '-o', 'json'], { home });
  const status = new Map(
    JSON.parse(json).map((row: { provider: string; endpoint: string; status: string[] }) => [
      `${row.provider} ${row.endpoint}`,
      row.status,
    ]),
  );
  expect(status.get('finlend loan')).toEqual(['documented']);
  expect(status.get('finlend loan-history')).toEqual(['unverified', 'columns from data']);
});
