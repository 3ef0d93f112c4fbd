// A loopback server that answers like Crego, misbehaves by a fixed plan, and keeps a ledger of every request. In a process of
// its own, so that its clock is not held up by what is measured. Driven by options in argv[2] and by these addresses:
//   GET /-/ledger?from=N   requests from the N-th on: [{ "n": key, "ms": when, "status": what }]
//   GET /-/after?count=N   answers once N requests have come
// Keys are UUIDs whose last 12 digits are a number in hexadecimal; the plan goes by that number.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setPriority } from 'node:os';

/**
 * latencyMs; slowMs for slow keys; plan: `none`, `storm` or `late` (some keys exist only from their second request on);
 * limit: requests a second, for all clients together, beyond which the answer is 429 with Retry-After.
 */
const { latencyMs = 0, slowMs = 500, plan = 'none', limit = Number.POSITIVE_INFINITY } = JSON.parse(process.argv[2] ?? '{}');

try {
  // What the ledger says about time should not depend on how busy the machine is.
  setPriority(-10);
} catch {
  // Not allowed: then it does.
}

const example = readFileSync(new URL('../src/providers/crego/record.example.json', import.meta.url), 'utf8');
const documentedId = /"id":\s*"([^"]+)"/.exec(example)?.[1] ?? '';
const compact = example.replace(/\s*\n\s*/g, '');
const ledger = [];
const tries = new Map();
const waiting = [];

/** Shares of a thousand keys. Of those that can heal, every second one does at the second try; of the 429s, nine in ten. */
function faultOf(n) {
  // 429s come in showers, as from a provider that counts requests.
  if (n % 1000 >= 500 && n % 1000 < 510) return 'too-many';
  const place = ((n * 2654435761) % 4294967296) % 1000;
  if (place < 10) return 'missing';
  if (place < 20) return 'broken';
  if (place < 21) return 'garbage';
  if (place < 26) return 'reset';
  return place < 36 ? 'slow' : undefined;
}

function heals(n) {
  return n % 1000 >= 500 && n % 1000 < 510 ? n % 10 !== 5 : Math.floor(n / 3) % 2 === 0;
}

let windowStartMs = 0;
let inWindow = 0;

/** Whether a request is beyond the limit of its second. */
function isBeyond(ms) {
  if (ms - windowStartMs >= 1000) {
    windowStartMs = ms;
    inWindow = 0;
  }
  inWindow += 1;
  return inWindow > limit;
}

function answer(n, id, response, isOver) {
  if (isOver) {
    response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '1' });
    response.end('{"detail":"Request was throttled."}');
    return 429;
  }
  const nth = (tries.get(n) ?? 0) + 1;
  tries.set(n, nth);
  const fault = plan === 'storm' ? faultOf(n) : plan === 'late' && n % 40 === 7 && nth === 1 ? 'missing' : undefined;
  const healed = nth > 1 && heals(n);
  const send = (status, body, headers = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
    return status;
  };
  const record = () => send(200, compact.replace(documentedId, id));
  switch (fault) {
    case 'missing':
      return send(404, '{"detail":"Not found."}');
    case 'broken':
      return healed ? record() : send(500, '{"detail":"Server error"}');
    case 'garbage':
      return send(200, '<html><body>Back soon</body></html>', { 'content-type': 'text/html' });
    case 'too-many':
      return healed ? record() : send(429, '{"detail":"Request was throttled."}');
    case 'reset':
      if (healed) return record();
      response.socket.resetAndDestroy();
      return 0;
    case 'slow':
      setTimeout(record, slowMs);
      return 200;
    default:
      return record();
  }
}

const server = createServer((request, response) => {
  const ms = performance.now();
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/-/ledger') {
    response.end(JSON.stringify(ledger.slice(Number(url.searchParams.get('from') ?? 0))));
    return;
  }
  if (url.pathname === '/-/after') {
    waiting.push({ count: Number(url.searchParams.get('count')), response });
    wakeWaiting();
    return;
  }
  const id = /\/records\/([^/]+)\//.exec(url.pathname)?.[1] ?? '';
  const n = Number.parseInt(id.slice(-12), 16);
  const entry = { n, ms, status: 0 };
  ledger.push(entry);
  wakeWaiting();
  const isOver = isBeyond(ms);
  const respond = () => {
    entry.status = answer(n, id, response, isOver);
  };
  if (latencyMs > 0) setTimeout(respond, latencyMs);
  else respond();
});

function wakeWaiting() {
  for (const one of waiting.filter(({ count }) => ledger.length >= count)) {
    waiting.splice(waiting.indexOf(one), 1);
    one.response.end('{}');
  }
}

// Never: the books are asked for over a connection that has been idle for the whole run.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
