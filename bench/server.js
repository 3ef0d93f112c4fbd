// A loopback server that answers like Crego and Ekuaibao, in a process of its own so that it does not share the CPU time of what is
// measured. Driven by options in argv[2]: latencyMs of every answer; key and cert, the texts of a certificate, for https.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

const { latencyMs = 0, key, cert } = JSON.parse(process.argv[2] ?? '{}');
const sampleOf = name => readFileSync(new URL(`../src/providers/${name}.example.json`, import.meta.url), 'utf8');
const record = sampleOf('crego/record');
const documentedId = /"id":\s*"([^"]+)"/.exec(record)?.[1] ?? '';
const [repayment] = /\{[^{}]*\}/.exec(sampleOf('ekuaibao/repayment-records')) ?? [''];
const repaymentId = /"id":\s*"([^"]+)"/.exec(repayment)?.[1] ?? '';

function bodyFor(url) {
  const packed = /\/repaymentRecord\/\[([^\]]+)\]/.exec(decodeURIComponent(url))?.[1];
  if (packed !== undefined)
    return `{"items":[${packed
      .split(',')
      .map(id => repayment.replace(repaymentId, id.trim()))
      .join(',')}]}`;
  return record.replace(documentedId, /\/records\/([^/]+)\//.exec(url)?.[1] ?? documentedId);
}

const answer = (request, response) => {
  const body = bodyFor(request.url ?? '');
  const send = () => {
    response.setHeader('content-type', 'application/json');
    response.end(body);
  };
  if (latencyMs === 0) send();
  else setTimeout(send, latencyMs);
};

const server = key === undefined ? createServer(answer) : createSecureServer({ key, cert }, answer);
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
