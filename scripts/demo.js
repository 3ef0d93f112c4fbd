// `npm run demo`: one lookup in each of the five systems, on the embedded sandbox, with the keys and amounts of the documents.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const launcher = join(dirname(fileURLToPath(import.meta.url)), '../bin/loanq.js');

const calls = [
  'ekuaibao repayment-records ID_3HV7_Hq1zKw',
  'ekuaibao loan ID_3HV7_Hq1yKw --fields id,state,total,remain,reserved,repaymentDate',
  'finlend customer-repayments 123e4567-e89b-12d3-a456-426614174000',
  'crego record 229fe24c-d840-48dc-959a-e0ff1479df35 4ebd506f-8727-4d16-863d-0442e1b75858',
  'crego settlements --limit 5',
  'qitech wallet-entry f47ac10b-58cc-4372-a567-0e02b2c3d479 8cb70dea-9fb0-4a68-9572-99a72849c8d6 --json',
  'interlace account-repayment --limit 5',
  'interlace account-negative --limit 3 --csv',
];

for (const call of calls) {
  console.log(`\n$ loanq ${call} --sandbox`);
  const { status } = spawnSync(process.execPath, [launcher, ...call.split(' '), '--sandbox'], { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`the demo failed: exit code ${status}`);
    process.exitCode = 1;
    break;
  }
}
