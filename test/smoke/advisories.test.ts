// `npm run advisories` against a registry that knows of faults, one that knows of none, and one that does not answer such questions.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appDirectory } from '../runner/app.ts';
import { startServer } from '../runner/server.ts';

const advisory = (id: number, title: string, severity: string): object => ({
  id,
  url: `https://advisories.example/${id}`,
  title,
  severity,
  vulnerable_versions: '*',
  cwe: [],
  cvss: { score: 0, vectorString: null },
});

/** Asks a registry that answers with this. */
async function ask(advisories: object | undefined): Promise<{ code: number; said: string }> {
  const registry = await startServer(({ method }) =>
    method === 'POST' && advisories !== undefined ? { body: JSON.stringify(advisories) } : { status: 405, body: '{}' },
  );
  const script = join(appDirectory() ?? '', 'scripts/advisories.js');
  return new Promise(resolve => {
    execFile(process.execPath, [script, '--registry', registry.origin, '--fetch-retries=0'], (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), said: stdout }),
    );
  });
}

it('fails for a fault in what is bundled or installed, whatever its weight, and only tells of one in a tool', async () => {
  const known = {
    got: [advisory(1, 'answers may be forged', 'low')],
    '@napi-rs/keyring': [advisory(2, 'secrets may be read', 'high')],
    vitest: [advisory(3, 'tests may be read', 'high')],
  };
  expect(await ask(known)).toEqual({
    code: 1,
    said: [
      'advisories: ships: @napi-rs/keyring: secrets may be read (high, https://advisories.example/2)',
      'advisories: ships: got: answers may be forged (low, https://advisories.example/1)',
      'advisories: a tool: vitest: tests may be read (high, https://advisories.example/3)',
      'advisories: 2 in what ships, 1 in tools\n',
    ].join('\n'),
  });
});

it('passes with a fault in a tool alone', async () => {
  expect(await ask({ vitest: [advisory(2, 'tests may be read', 'high')] })).toMatchObject({ code: 0 });
});

it('passes where the registry does not answer such questions, and says so', async () => {
  const { code, said } = await ask(undefined);
  expect(code).toBe(0);
  expect(said).toMatch(/^advisories: not checked, the registry did not say \(405 Method Not Allowed /);
});
