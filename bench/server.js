// A loopback server that answers like Crego, in a process of its own so that it does not share the CPU time of what is measured.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const latencyMs = Number(process.argv[2] ?? 0);
const sample = readFileSync(new URL('../src/providers/crego/record.example.json', import.meta.url), 'utf8');
const documentedId = /"id":\s*"([^"]+)"/.exec(sample)?.[1] ?? '';

createServer((request, response) => {
  const id = /\/records\/([^/]+)\//.exec(request.url ?? '')?.[1] ?? documentedId;
  const body = sample.replace(documentedId, id);
  setTimeout(() => {
    response.setHeader('content-type', 'application/json');
    response.end(body);
  }, latencyMs);
}).listen(0, '127.0.0.1', function announce() {
  console.log(this.address().port);
});
