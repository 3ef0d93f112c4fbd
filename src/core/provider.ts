// A provider is a literal, too: host, schemes, headers of every call, how it words failures, and its endpoints.
import type { Endpoint, Failure, HeaderValue, Paging, SuccessWord } from './endpoint.ts';
import { optionalCredentials, requiredCredentials, type Scheme } from './scheme.ts';

/** A provider as the registry sees it. */
export interface Provider {
  /** The CLI word. */
  readonly name: string;
  readonly title: string;
  readonly docs: string;
  readonly baseUrl: string;
  /** Addresses that its pages name, and which environment each is. */
  readonly environments?: readonly Environment[];
  /** What people call its credentials, by their names. */
  readonly credentials?: Readonly<Record<string, string>>;
  readonly schemes: readonly Scheme[];
  /** Credentials that may be shown: e-mail addresses and client ids. */
  readonly open?: readonly string[];
  /** Further keys a profile of this provider may have, and what they are. */
  readonly settings?: Readonly<Record<string, Setting>>;
  /** Headers of every call beside the credential. */
  readonly headers?: Readonly<Record<string, HeaderValue>>;
  readonly failure: FailureShape;
  /** Failures any endpoint can meet; an endpoint's own come first. */
  readonly failures?: readonly Failure[];
  /** A harmless documented call that proves the credential, for `auth status --check`. */
  readonly test?: { readonly method: 'GET'; readonly path: string };

  readonly endpoints: readonly Endpoint[];
  /** Headers that most of its calls carry beside those of every call, for paths that no literal describes. */
  readonly usualHeaders?: Readonly<Record<string, HeaderValue>>;
  /** How its lists are cut into pages as a rule, likewise. */
  readonly usualPaging?: Paging;
  /** GETs that are no lookups, by their decoded path in small letters without a last slash, and why. */
  readonly never?: readonly { readonly path: RegExp; readonly why: string }[];
}

/** One environment of a provider. */
export interface Environment {
  /** `production`, `pre-production`, `sandbox`; absent where no page says which it is. */
  readonly name?: string;
  /** Absent where each tenant has an address of its own. */
  readonly baseUrl?: string;
  /** Every host that ends so belongs to it. */
  readonly hosts?: string;
  /** Whose it is, or who says so. */
  readonly about?: string;
}

/** Which environment an address is, as the provider's pages have it; undefined where they do not say. */
export function environmentOf({ environments = [] }: Pick<Provider, 'environments'>, baseUrl: string): Environment | undefined {
  if (!URL.canParse(baseUrl)) return undefined;
  const { origin, hostname } = new URL(baseUrl);
  const exact = environments.find(one => one.baseUrl === origin);
  return exact ?? environments.find(({ hosts }) => hosts !== undefined && hostname.endsWith(hosts));
}

/** Settings that every call with a credential needs, but for those of endpoints that leave their header out. */
export function neededSettings({ headers }: Pick<Provider, 'headers'>): { readonly name: string; readonly hint: string }[] {
  return Object.values(headers ?? {}).flatMap(value =>
    typeof value === 'object' && 'setting' in value ? [{ name: value.setting, hint: value.hint }] : [],
  );
}

/** A key a profile of the provider may have beside the common ones. `max` bounds a `count`; `choices` are the words of a `choice`. */
export interface Setting {
  readonly type: 'text' | 'ip' | 'count' | 'choice' | 'key' | 'paths';
  readonly about: string;
  /** The question at set-up, for whoever knows no header. */
  readonly ask?: string;
  readonly choices?: readonly string[];
  readonly max?: number;
}

/** How a provider words a failure. Dotted places in the body, tried in order. */
export interface FailureShape {
  readonly code: readonly string[];
  readonly message: readonly string[];
  /** A body is a success only if each stated place is absent or holds one of these texts. */
  readonly success?: readonly SuccessWord[];
  /** Without such a message, the body may say for each parameter what is wrong with it: `{"demand":["…"]}`. */
  readonly byParameter?: true;
  /** A 404 without a documented code is a missing record; false: it is a wrong address. */
  readonly notFoundBy404: boolean;
}

/** The headers of a call beside its credential. */
export function headersOf({ headers }: Pick<Provider, 'headers'>, endpoint: Endpoint | undefined): Readonly<Record<string, HeaderValue>> {
  const kept = Object.entries(headers ?? {}).filter(([name]) => !endpoint?.omits?.includes(name));
  return { ...Object.fromEntries(kept), ...endpoint?.headers };
}

/** Declares a provider. */
export function defineProvider(literal: Provider): Provider {
  return literal;
}

/** Every credential a profile of the provider may have, in the order of its schemes. */
export function credentialNames({ schemes }: Pick<Provider, 'schemes'>): string[] {
  return [...new Set([...schemes.flatMap(requiredCredentials), ...schemes.flatMap(optionalCredentials)])];
}

/** Whether a credential is no secret: an e-mail address, a client id. */
export function isOpenCredential({ open }: Pick<Provider, 'open'>, name: string): boolean {
  return open?.includes(name) === true;
}

/** Whether a credential is a PEM text of several lines. */
export function isPemCredential({ schemes }: Pick<Provider, 'schemes'>, name: string): boolean {
  return schemes.some(scheme => scheme.kind === 'es512' && scheme.key === name);
}

/** Names that a setting of the type `paths` may hold: of the endpoints whose path the provider does not publish. */
export function unpublishedPaths({ endpoints }: Pick<Provider, 'endpoints'>): string[] {
  return [...new Set(endpoints.flatMap(({ path }) => (typeof path === 'string' ? [] : [path.profile])))];
}
