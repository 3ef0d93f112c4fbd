// The vocabulary: one documented endpoint is one literal, inert data from which everything else derives.
import type { Fields } from './fields.ts';
import type { Unified } from './unified.ts';

/** What a key must look like before it may become part of a URL. */
export interface Grammar {
  /** For messages: "a UUID", "a record id". */
  readonly name: string;
  readonly pattern: RegExp;
  /** Compared without case in answers (UUIDs). */
  readonly ignoreCase?: true;
  /** What ids of this kind are known to look like, where the pattern lets more pass. `lookup` asks for others nowhere; nothing is refused. */
  readonly likely?: { readonly pattern: RegExp; readonly sample: string };
  /** Things people paste by mistake, and what to tell them. */
  readonly lookalikes?: readonly { readonly pattern: RegExp; readonly say: string }[];
}

/** A parameter the user gives as an argument. Its name in `keys` is the documented parameter name. */
export interface Key {
  /** Where it goes: to its `{placeholder}` in the path, unless said otherwise; or under its documented name in the query or JSON body. */
  readonly in?: 'query' | 'json';
  /** Word in the usage line: `customer-ids`, `wallet-key`. */
  readonly arg: string;
  readonly about: string;
  readonly grammar: Grammar;
  /** Several keys may be given: packed into shared calls as `a,b` (an array in a JSON body), or one call each. */
  readonly many?: 'packed' | 'each';
  /** How many keys may share a call at most, by the document. */
  readonly maxPack?: number;
  /** Setting of a profile that says how many keys share a packed call at most. */
  readonly packSetting?: string;
  /** Field of the answer that repeats the key, nested ones dotted. Without it the key is a filter: rows carry it as `request.<name>`. */
  readonly field?: string;
  /** A parameter says what kind of key is given, and so which field repeats it; `field` is that of a choice not listed. */
  readonly fieldBy?: { readonly param: string; readonly fields: Readonly<Record<string, string>> };
  /** The key may be somebody's e-mail address or phone number: messages, `--errors` and the audit trail show it masked. */
  readonly personal?: true;
  /**
   * Name of the endpoint of the same provider that looks up what this key names: an entry is asked for below its wallet. A leading
   * key is given to `lookup` by the option of that name.
   */
  readonly of?: string;
}

/** A documented parameter of the query, a form or a JSON body: an option of the subcommand, in kebab-case. */
export interface Param {
  readonly in: 'query' | 'form' | 'json';
  readonly about: string;
  /** Shown in help; `number` is checked. */
  readonly type?: 'text' | 'number';
  /** A point in time, which a person gives as a day or in RFC 3339. */
  readonly instant?: InstantForm;
  /** Sent when the user gives nothing. */
  readonly default?: string;
  readonly required?: true;
  /** The documented values; anything else is refused. */
  readonly choices?: readonly string[];
  readonly grammar?: Grammar;
  /** Field of the rows this parameter filters by. */
  readonly filters?: string;
}

/** What is said in the place of fields that no page prints. */
export function openSentence({ fields }: Pick<Endpoint, 'fields'>): string {
  return Object.keys(fields).length === 0
    ? 'fields as the provider sends them: the page prints none'
    : 'and further fields as the provider sends them: the page does not print them all';
}

/** How a provider wants a point in time. */
export interface InstantForm {
  /** Milliseconds or seconds since 1970, `2024-05-31T09:30:00Z`, the clock's `2024-05-31 09:30:00`, or `2024-05-31`. */
  readonly form: 'ms' | 's' | 'iso' | 'text' | 'day';
  /** The zone in which the provider reads clock and day, where a page says so. */
  readonly zone?: string;
  /** A day stands for its last moment: the upper end of a range. */
  readonly end?: true;
}

/** What a person may give for such a parameter, in words for help and reference. */
export function instantAbout({ form, zone }: InstantForm): string {
  const isClock = form === 'text' || form === 'day';
  if (isClock && zone === undefined) return 'a day or a time without a zone: no page says in which zone the provider reads it';
  return `a day, or a time as in RFC 3339; without a zone it is of --tz, else of ${zone ?? 'UTC'}`;
}

/** Documented parameter name → option name: `startDate` and `start_date` become `start-date`. */
export function optionName(parameter: string): string {
  return parameter
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
}

/** Names of the keys that go elsewhere than into the path. */
export function keysIn({ keys }: { readonly keys?: Endpoint['keys'] | undefined }, place: Key['in']): string[] {
  return Object.entries(keys ?? {}).flatMap(([name, key]) => (key.in === place ? [name] : []));
}

/** A path as documents write it, keys of the query with it: `/v1/forms?flowId={flowId}`. */
export function documentedPath({ path, keys }: { readonly path: string; readonly keys?: Endpoint['keys'] | undefined }): string {
  const query = keysIn({ keys }, 'query').map(name => `${name}={${name}}`);
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

/** Where the records are in an answer: an array at `items`, or one object at `item` ('' is the root). */
export type Envelope = { readonly items: string } | { readonly item: string };

/** The envelopes an answer may come in, the first to try first. */
export function envelopesOf({ answer }: Pick<Endpoint, 'answer'>): readonly Envelope[] {
  return 'item' in answer || 'items' in answer ? [answer] : answer;
}

/** How a list is read page after page. Parameter names are the provider's. */
export type Paging =
  /** Numbered pages. `{page}` and `{size}` in the path are filled when the path has them; else they are query parameters. */
  | {
      readonly kind: 'page';
      readonly page: string;
      readonly first: 0 | 1;
      readonly size?: string;
      readonly defaultSize: number;
      readonly maxSize?: number;
      /** The document recommends to stay within `maxSize`: a larger page is not refused. */
      readonly advised?: true;
      /** Dotted places in the answer, where it states them. */
      readonly total?: string;
      readonly current?: string;
      readonly pageSize?: string;
      /** A truth value, also as text (`"False"`), or a URL where more pages follow. */
      readonly more?: string;
      /** The other way round: a truth value, also as text, that is true on the last page. */
      readonly last?: string;
      /** The list that is paged is inside of one record, at this dotted place of it: its pages are read and put together. */
      readonly within?: string;
      /** The parameter name is not documented; said in help. */
      readonly unverified?: true;
    }
  /** Offset and count. */
  | {
      readonly kind: 'offset';
      readonly offset: string;
      readonly size: string;
      readonly defaultSize: number;
      readonly maxSize?: number;
      readonly total?: string;
    }
  /** The next page begins after the highest value of a field seen so far. */
  | {
      readonly kind: 'cursor';
      readonly cursor: string;
      readonly from: string;
      readonly size?: string;
      readonly defaultSize: number;
      readonly maxSize?: number;
    };

/** What a refusal means for the user; decides the exit code. */
export type FailureMeans = 'not-found' | 'auth' | 'refused' | 'temporary';

/** A documented failure. All of `status`, `code` and `message` that are given must match. */
export interface Failure {
  readonly status?: number;
  readonly code?: string;
  readonly message?: RegExp;
  readonly means: FailureMeans;
  /** What it means in plain words, for `explain` and reference pages. */
  readonly about: string;
  readonly hint?: string;
  /** When the sandbox answers so: the key (by parameter name) it does not know, or a situation every call can be in. */
  readonly when?: { readonly unknown: string } | 'bad-credential' | 'no-credential' | 'bad-signature' | 'unknown-client' | 'bad-login';
  /** Documented body; `{key}` placeholders are filled with the key asked for. */
  readonly body?: string;
}

/** A place of a body that tells a success: it is absent, unless `required`, or holds one of these texts. */
export interface SuccessWord {
  readonly at: string;
  readonly is: readonly string[];
  readonly required?: true;
}

/** A header every call carries beside the credential. */
export type HeaderValue =
  | string
  /** Time of the call, ISO 8601 UTC. */
  | { readonly now: 'iso-seconds' }
  /** A setting of the profile; missing is a configuration error with this hint. */
  | { readonly setting: string; readonly hint: string }
  /** A fresh unique id per request; `report` ones are named in errors so that the provider can find the call. */
  | { readonly fresh: 'uuid'; readonly report?: true };

/** One documented call that reads. `F` are its fields, so that `columns` can only name documented ones. */
export interface EndpointLiteral<F extends Fields = Fields> {
  /** The CLI word. */
  readonly name: string;
  /** A few words for lists and help: "Repayment records by id". */
  readonly summary: string;
  readonly doc: {
    readonly url: string;
    /** Day the page was read, `YYYY-MM-DD`, where that is known. */
    readonly read?: string;
    /** Surprises a user should know, for help and reference. */
    readonly notes?: readonly string[];
    readonly deprecated?: string;
    /** What of the call is not documented, or documented in two ways: said in help and reference. */
    readonly unverified?: string;
  };
  /** POST only for calls that query. */
  readonly method?: 'GET' | 'POST';
  /** Path with `{parameter}` placeholders; everything else is sent byte for byte. `{ profile }`: the provider publishes no path. */
  readonly path: string | { readonly profile: string; readonly hint: string };
  /** In the order of the arguments; only the last may be `many`. */
  readonly keys?: Readonly<Record<string, Key>>;
  readonly params?: Readonly<Record<string, Param>>;
  /** Beside the provider's headers. */
  readonly headers?: Readonly<Record<string, HeaderValue>>;
  /** Headers of the provider that the document of this call leaves out; a setting that only they need is not asked for. */
  readonly omits?: readonly string[];
  /** The call is answered to anybody: no credential is read or sent. */
  readonly credential?: 'none';
  /** What tells a success here, in place of the provider's words: where a record has a `status` of its own, there is no such word. */
  readonly success?: readonly SuccessWord[];
  /** Tried in order; the first that fits is taken. */
  readonly answer: Envelope | readonly Envelope[];
  /** A saved answer may wrap the record as JSON text in this member (webhooks). */
  readonly unwrap?: string;
  readonly paging?: Paging;
  readonly failures?: readonly Failure[];
  readonly fields: F;
  /**
   * The record is open: the page prints no answer, or only a part of it. Fields beside the declared ones are to be expected, so they
   * are no drift: table and record take columns for them from the data, JSON passes them, csv and tsv want `--fields`. Personal
   * values in them are told by name and by value. The example is made up then.
   */
  readonly open?: true;
  /** The answer may be no JSON at all: then only `--raw` passes it. */
  readonly anyBody?: true;
  /** Default columns of a table: field names, nested ones dotted. */
  readonly columns: readonly ((keyof F & string) | `${keyof F & string}.${string}` | `request.${string}`)[];
  /** How a record reads among those of other systems. An endpoint without it is not asked by `loanq lookup`. */
  readonly unified?: Unified;
  /** The documented sample answer as text: `10.0` must stay `10.0`. */
  readonly example: string;
  /** Keys of the documented sample; each is answered with it (its own key put in). */
  readonly exampleKeys?: readonly Readonly<Record<string, string>>[];
}

/** An endpoint as the rest of the program sees it. */
export type Endpoint = EndpointLiteral;

/** Declares an endpoint; checks columns against fields at compile time. */
export function defineEndpoint<const F extends Fields>(literal: EndpointLiteral<F>): Endpoint {
  return literal as EndpointLiteral as Endpoint;
}

/** UUID-shaped: 8-4-4-4-12 characters. Version digits are not checked, the providers' own samples break them. */
export const uuid: Grammar = {
  name: 'a UUID',
  pattern: /^[0-9A-Za-z]{8}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{12}$/,
  ignoreCase: true,
};

/** Letters, digits and the marks that keep their meaning in a path segment. */
export const plainId: Grammar = { name: 'an id', pattern: /^[A-Za-z0-9_$:.~-]+$/ };
