// The nine schemes, each with a profile whose secrets can be recognised wherever they turn up, one call, and the answer to it.
// Every secret begins with the word `canary`: a part of one that leaks is found like a whole one.
import { generateKeyPairSync } from 'node:crypto';
import cregoSample from '../../src/providers/crego/record.example.json';
import ekuaibaoSample from '../../src/providers/ekuaibao/repayment-records.example.json';
import finlendSample from '../../src/providers/finlend/customer-repayments.example.json';
import interlaceSample from '../../src/providers/interlace/account-repayment.example.json';
import qitechSample from '../../src/providers/qitech/wallet-entry.example.json';
import { makeJwt } from './tokens.ts';

export type WayName =
  | 'ekuaibao-token'
  | 'ekuaibao-login'
  | 'finlend-token'
  | 'finlend-login'
  | 'crego-token'
  | 'qitech-v2'
  | 'qitech-legacy'
  | 'interlace-token'
  | 'interlace-login';

export interface Way {
  readonly name: WayName;
  readonly provider: 'ekuaibao' | 'finlend' | 'crego' | 'qitech' | 'interlace';
  /** Profile without `provider` and `baseUrl`. */
  readonly profile: object;
  /** Provider and endpoint, and the keys before the one that varies. */
  readonly call: readonly string[];
  /** Keys of an endpoint that reads by key. */
  readonly keys: readonly string[];
  /** A good answer for a key, `text` in a field that holds free text. */
  readonly answer: (key: string, text: string) => unknown;
  /** What the row of a good answer shows beside the text, whatever the text is. */
  readonly shows: Readonly<Record<string, unknown>>;
  /** What stands in the profile and must never be seen. */
  readonly secrets: readonly string[];
}

/** Characters that every escaping changes. */
export const password = 'canary"pass/w+rd&<5%\\x y=';

const pair = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
export const privatePem = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
export const publicPem = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
const provider = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
/** QI Tech's own pair: signs answers. */
export const qiPrivatePem = String(provider.privateKey.export({ type: 'pkcs8', format: 'pem' }));
export const qiPublicPem = String(provider.publicKey.export({ type: 'spki', format: 'pem' }));
export const clientKey = '16c8a1ec-8d75-47a1-b138-46746713b8d8';

const customerIp = '203.0.113.7';
const paths = { 'account-repayment': '/open-api/v3/card/repayment' };

/** Thirty keys of the shape 8-4-4-4-12. */
const uuids = Array.from({ length: 30 }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`);
const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';

/** The documented samples are texts, and so they stay in the program; here their numbers do not matter. */
function sample(text: unknown): Readonly<Record<string, unknown>> {
  return JSON.parse(String(text));
}

function firstOf(text: unknown, list: string): object {
  const elements = sample(text)[list];
  return Array.isArray(elements) ? elements[0] : {};
}

const ekuaibao = {
  provider: 'ekuaibao',
  call: ['ekuaibao', 'repayment-records'],
  keys: uuids.map((_, at) => `ID_${at}`),
  answer: (key: string, text: string) => ({ items: [{ ...firstOf(ekuaibaoSample, 'items'), id: key, title: text }] }),
  shows: { repaymentType: 'OBTAIN' },
} as const;
const finlend = {
  provider: 'finlend',
  call: ['finlend', 'customer-repayments'],
  keys: uuids,
  answer: (key: string, text: string) => ({
    status: 'SUCCESS',
    data: [{ ...firstOf(finlendSample, 'data'), id: key, customerName: text }],
  }),
  shows: { loanProductName: 'Personal Loan 6M' },
} as const;
const qitech = {
  provider: 'qitech',
  call: ['qitech', 'wallet-entry', wallet],
  keys: uuids,
  answer: (key: string, text: string) => ({ ...sample(qitechSample), wallet_entry_key: key, wallet_entry_status: text }),
  shows: { wallet_entry_type: 'revolving_credit' },
  secrets: privatePem.split('\n').filter(line => line.length > 16 && !line.startsWith('-----')),
} as const;
const interlace = {
  provider: 'interlace',
  call: ['interlace', 'account-repayment'],
  keys: [],
  answer: (_: string, text: string) => ({
    code: '000000',
    message: 'success',
    data: { list: [{ ...sample(interlaceSample), currency: text }] },
  }),
  shows: { cardNegative: '120.50' },
} as const;

const appKey = 'canary-app-key-51c';
const appSecurity = 'canary-app-security-0a9';
const cregoToken = makeJwt('canary-crego', Math.floor(Date.now() / 1000) + 86_400);

export const ways: readonly Way[] = [
  {
    ...ekuaibao,
    name: 'ekuaibao-token',
    profile: { packSize: 1, credentials: { accessToken: 'canary_3JxnLl1078M:bwa3wajigF0WH0' } },
    secrets: ['canary_3JxnLl1078M:bwa3wajigF0WH0'],
  },
  { ...ekuaibao, name: 'ekuaibao-login', profile: { packSize: 1, credentials: { appKey, appSecurity } }, secrets: [appKey, appSecurity] },
  {
    ...finlend,
    name: 'finlend-token',
    profile: { customerIp, credentials: { token: 'canary.finlend.7pXq2.token' } },
    secrets: ['canary.finlend.7pXq2.token'],
  },
  {
    ...finlend,
    name: 'finlend-login',
    profile: { customerIp, credentials: { email: 'ops@example.com', password } },
    secrets: [password],
  },
  {
    provider: 'crego',
    name: 'crego-token',
    profile: { credentials: { token: cregoToken } },
    call: ['crego', 'record'],
    keys: uuids,
    answer: (key, text) => ({ ...sample(cregoSample), id: key, remark: text }),
    shows: { ref_id: 'REC0XAM2' },
    secrets: [cregoToken],
  },
  { ...qitech, name: 'qitech-v2', profile: { credentials: { clientKey, privateKey: privatePem } } },
  { ...qitech, name: 'qitech-legacy', profile: { signing: 'legacy', credentials: { clientKey, privateKey: privatePem } } },
  {
    ...interlace,
    name: 'interlace-token',
    profile: { paths, credentials: { accessToken: 'canary-interlace-91ab/access+==' } },
    secrets: ['canary-interlace-91ab/access+=='],
  },
  {
    ...interlace,
    name: 'interlace-login',
    profile: { paths, credentials: { clientId: 'client-77', clientSecret: 'canary-interlace-secret' } },
    secrets: ['canary-interlace-secret'],
  },
];

export function wayTo(name: WayName): Way {
  const found = ways.find(way => way.name === name);
  if (found === undefined) throw new Error(`there is no way ${name}`);
  return found;
}

/** A config file with this way as its only profile. */
export function configOf(way: Way, baseUrl: string, more: object = {}): object {
  return { profiles: { mine: { provider: way.provider, baseUrl, retries: 0, ...way.profile, ...more } } };
}

/** The command line of one lookup. */
export function lookup(way: Way, at = 0): string[] {
  const key = way.keys[at];
  return [...way.call, ...(key === undefined ? [] : [key])];
}
