import { expect, test } from 'vitest';
import { run } from './run.ts';
import { runPty } from './pty.ts';
test('a', async () => {
  console.log(await run(['crego','record','229fe24c-d840-48dc-959a-e0ff1479df35','--sandbox']));
  const r = await runPty(['crego','record','229fe24c-d840-48dc-959a-e0ff1479df35','--sandbox'],{columns:100});
  console.log(r.screen, JSON.stringify(r));
  const q = await runPty(['crego','record','229fe24c-d840-48dc-959a-e0ff1479df35','--sandbox', '-o', 'table'],{columns:80});
  console.log(q.screen);
  expect(1).toBe(1);
});
