// Saved records that differ as real ones do: a file whose lines differ only in the id flatters whoever keeps what was read before.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

const sample = JSON.parse(readFileSync(new URL('../src/providers/crego/record.example.json', import.meta.url), 'utf8'));

/** The same numbers in every run. */
function randomFrom(seed) {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Writes so many records to a file, one a line. Amounts keep the two decimals that the provider sends. */
export function writeRecords(file, count) {
  const random = randomFrom(7);
  const money = () => `${random(900_000)}.${String(random(100)).padStart(2, '0')}`;
  const time = () => `${1_700_000_000 + random(50_000_000)}.${String(random(1_000_000)).padStart(6, '0')}`;
  const out = openSync(file, 'w');
  for (let done = 0; done < count; done += 1000) {
    const lines = Array.from({ length: Math.min(1000, count - done) }, (_, at) => line(done + at, random, money, time));
    writeSync(out, lines.join(''));
  }
  closeSync(out);
}

const types = ['repayment', 'disbursement', 'refund', 'charge'];
const states = ['processed', 'pending', 'failed', 'cancelled'];
const words = ['settled', 'utr', 'part', 'early', 'late', 'branch', 'São Paulo', '还款', 'cash', 'neft', 'imps'];

function line(n, random, money, time) {
  const amount = money();
  const changed = {
    id: JSON.stringify(`00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`),
    created_at: time(),
    updated_at: time(),
    type: JSON.stringify(types[random(types.length)]),
    ref_id: JSON.stringify(`REC${random(1e9).toString(36).toUpperCase()}`),
    index: String(random(5000)),
    received_amount: amount,
    amount,
    remaining_amount: random(3) === 0 ? money() : '0.00',
    status: JSON.stringify(states[random(states.length)]),
    utr: random(4) === 0 ? 'null' : JSON.stringify(Array.from({ length: 1 + random(5) }, () => words[random(words.length)]).join(' ')),
  };
  const members = Object.entries(sample).map(([name, value]) => `${JSON.stringify(name)}:${changed[name] ?? JSON.stringify(value)}`);
  return `{${members.join(',')}}\n`;
}
