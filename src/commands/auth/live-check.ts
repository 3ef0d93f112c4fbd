// One harmless documented call that proves a credential, where the provider has one.
import { createCredentialReader } from '../../auth/credential-reader.ts';
import type { Profile } from '../../config/profile.ts';
import type { Endpoint } from '../../core/endpoint.ts';
import { isOpenCredential, type Provider } from '../../core/provider.ts';
import type { Context } from '../../lookup/context.ts';
import { Fetcher } from '../../lookup/fetcher.ts';
import { secretContext } from '../../lookup/platform.ts';
import type { Session } from '../../lookup/session.ts';

/** False where no page names such a call. Throws what a lookup would throw. */
export async function liveCheck(context: Context, session: Session): Promise<boolean> {
  const { provider, profile } = session;
  if (provider.test === undefined) return false;
  const fetcher = new Fetcher(context, session, { endpoint: testEndpoint(provider, provider.test.path), params: {}, strict: false });
  await fetcher.raw([await pathValues(context, provider, profile, provider.test.path)]);
  return true;
}

/** The test call as an endpoint whose answer nobody reads. Its name stands in messages. */
function testEndpoint(provider: Provider, path: string): Endpoint {
  return {
    name: 'auth status --check',
    summary: 'Test of the credential',
    doc: { url: provider.docs, read: '' },
    path,
    answer: { item: '' },
    fields: {},
    columns: [],
    example: '',
  };
}

/** Credentials that the path of the test call names; only ones that are no secrets do. */
async function pathValues(context: Context, provider: Provider, profile: Profile, path: string): Promise<Record<string, string>> {
  const reader = createCredentialReader(profile, provider, secretContext(context));
  const values: Record<string, string> = {};
  for (const [, name = ''] of path.matchAll(/\{([^}]+)\}/g)) {
    if (reader.has(name) && isOpenCredential(provider, name)) values[name] = (await reader.read(name)).reveal();
  }
  return values;
}
