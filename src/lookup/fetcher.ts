// Fetches keys or pages from one provider: plans, signs, sends, retries, renews a credential once, decodes and matches.
import { randomUUID } from 'node:crypto';
import { createByteFilter } from '../auth/secret.ts';
import { AuthError, LoanqError, NotFoundError, RefusedError } from '../core/errors.ts';
import type { JsonObject } from '../core/json.ts';
import { isList, type KeyTuple, type KeyValues } from '../core/keys.ts';
import type { HttpResponse, RequestPlan } from '../core/request.ts';
import { say, type Words } from '../core/say.ts';
import { shownKeys } from '../core/shown-keys.ts';
import { inTurns, type Steps } from '../core/turn.ts';
import { type Answer, decodeAnswer, judgeBody, matchKeys, missingKey } from '../decode/answer.ts';
import type { Drift } from '../decode/drift.ts';
import { checkAlone } from '../decode/quarantine.ts';
import { firstPart, type ListPart, type Page, type PageParams, readPages } from '../http/pages.ts';
import { planRequest } from '../http/plan.ts';
import { requestIdOf, traceAnswer, traceRequest } from '../http/trace.ts';
import { type Asked, authAdvice, callFacts, type Sent, withCall } from './advice.ts';
import type { Call } from './call.ts';
import { cleanAnswer } from './clean.ts';
import type { Context } from './context.ts';
import { openDrift, refuseDrift } from './drift.ts';
import { Halves } from './halves.ts';
import { holdDrifting } from './held-records.ts';
import type { CallStats, KeyFetcher, Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import { stopsRun } from './stops-run.ts';
import { askWhole, type Matched, pagedWithin } from './whole-record.ts';

export class Fetcher implements KeyFetcher {
  readonly drift: Drift;
  /** Set when a list was read only in part. */
  part: ListPart | undefined;
  /** A credential that has worked in this run makes a later 403 the failure of that key alone. */
  #proven: boolean;
  readonly #halves = new Halves();

  constructor(
    readonly context: Context,
    readonly session: Session,
    readonly call: Call,
  ) {
    this.drift = call.drift ?? openDrift(() => context);
    this.#proven = call.proven ?? false;
  }

  /** What the run has cost so far. */
  get stats(): CallStats {
    const { sent, retrier } = this.session;
    return { ...sent, retries: retrier.retries };
  }

  /** The outcome of each key; keys given together share one call, as far as it can be answered. Throws only what stops a run: auth, trust, config, signals. */
  async fetch(keys: readonly KeyTuple[], signal = this.context.runtime.signal, answered?: () => void): Promise<Outcome[]> {
    const outcomes = await this.#audited(
      keys.map(key => key.values),
      () => this.#halves.ask(keys, some => this.#fetch(some, signal, some.length === keys.length ? answered : undefined)),
    );
    await this.#record(outcomes.map(({ key, ...outcome }) => [key.values, outcome.kind === 'failed' ? outcome.error.code : outcome.kind]));
    return outcomes;
  }

  async #fetch(keys: readonly KeyTuple[], signal: AbortSignal, answered?: () => void): Promise<Outcome[]> {
    const { endpoint, params } = this.call;
    const values = keys.map(key => key.values);
    try {
      const within = pagedWithin(endpoint.paging);
      const last = within === undefined ? answered : undefined;
      const ask = (words = {}) => this.#exchange(values, words, (response, sent) => this.#match(values, response, sent), signal, last);
      const { found, attempts, part } =
        within === undefined ? await ask() : await askWhole(within, params, ask, sentence => this.#warn(sentence));
      return keys.map((key, at) => {
        const records = found[at] ?? [];
        if (records.length === 0 && !isList(endpoint)) return this.#missing(key, attempts);
        if (!this.call.quarantine) return { kind: 'delivered', key, records, part };
        const facts = { ...callFacts(this.#asked([key.values])), attempts };
        return holdDrifting(endpoint, { key, records, part }, facts, () => openDrift(() => this.context));
      });
    } catch (error) {
      if (!(error instanceof LoanqError) || stopsRun(error)) throw error;
      return keys.map(key => {
        const told = error.with(callFacts(this.#asked([key.values])));
        return told instanceof NotFoundError ? { kind: 'missing', key, error: told } : { kind: 'failed', key, error: told };
      });
    }
  }

  #missing(key: KeyTuple, attempts: number): Outcome {
    return {
      kind: 'missing',
      key,
      error: withCall(missingKey(this.session.provider).with({ attempts }), this.#asked([key.values])) as NotFoundError,
    };
  }

  *#match(values: readonly KeyValues[], response: HttpResponse, { attempts }: Sent): Steps<Matched> {
    const { endpoint, params } = this.call;
    const answer = yield* this.#decode(response);
    const found = matchKeys(endpoint, values, answer.items);
    const first = { paging: endpoint.paging, params, limit: undefined };
    return { found, attempts, body: answer.body, part: isList(endpoint) ? firstPart(first, answer) : undefined };
  }

  /** Pages of a list endpoint. */
  async *pages(keys: readonly KeyValues[], limit: number | undefined): AsyncGenerator<readonly JsonObject[]> {
    const { endpoint, params } = this.call;
    const asked = keys.length === 0 ? [params] : keys;
    let noted = false;
    const fetchPage = (words: PageParams): Promise<Page> =>
      this.#audited(asked, async () => {
        const page = await this.#exchange(keys, words, response => this.#decodePage(response, keys));
        if (!noted) await this.#record(asked.map(key => [key, 'delivered']));
        noted = true;
        return page;
      });
    try {
      const warn = (sentence: Words) => this.#warn(sentence);
      const stopped = (part: ListPart) => {
        this.part = part;
      };
      yield* readPages({ paging: endpoint.paging, params, limit, fetchPage, warn, stopped });
    } catch (error) {
      throw this.#told(error, keys, {});
    }
  }

  /** The body bytes of one successful answer, as the provider sent them. */
  async raw(keys: readonly KeyValues[]): Promise<Uint8Array> {
    const { provider } = this.session;
    const { endpoint, params } = this.call;
    return this.#audited(keys, async () => {
      const body = await this.#exchange(keys, {}, function* (response) {
        yield* judgeBody(provider, endpoint, response);
        yield response.body.length;
        return response.body;
      });
      await this.#record((keys.length === 0 ? [params] : keys).map(key => [key, 'delivered']));
      return body;
    });
  }

  /** Audits lookups that abort the run as well. */
  async #audited<T>(keys: readonly KeyValues[], work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof LoanqError && error.code !== 'write') await this.#record(keys.map(key => [key, error.code]));
      throw error;
    }
  }

  async #record(entries: readonly (readonly [keys: KeyValues, outcome: string])[]): Promise<void> {
    const { audit, provider, profile } = this.session;
    const { endpoint } = this.call;
    if (audit === undefined) return;
    await audit.record(
      entries.map(([keys, outcome]) => ({
        profile: profile.name,
        provider: provider.name,
        endpoint: endpoint.name,
        keys: shownKeys(endpoint, keys),
        outcome,
      })),
    );
  }

  /** A request without its credential. */
  plan(keys: readonly KeyValues[], page: PageParams = {}): { plan: RequestPlan; requestId?: string } {
    const { provider, profile } = this.session;
    const { endpoint, params } = this.call;
    return planRequest({ provider, endpoint, profile, keys, params, page, now: this.context.runtime.now, freshId: () => randomUUID() });
  }

  *#decode(response: HttpResponse): Steps<Answer> {
    const { provider } = this.session;
    const { endpoint, strict } = this.call;
    const check = this.call.quarantine ? checkAlone : undefined;
    if (!strict) return yield* decodeAnswer(provider, endpoint, response, this.drift, check);
    const drift = openDrift(() => this.context);
    const answer = yield* decodeAnswer(provider, endpoint, response, drift);
    this.drift.add(drift);
    refuseDrift(drift);
    return answer;
  }

  *#decodePage(response: HttpResponse, keys: readonly KeyValues[]): Steps<Answer> {
    const answer = yield* this.#decode(response);
    matchKeys(this.call.endpoint, keys, answer.items);
    return answer;
  }

  /** Decoding a large answer is work for which the deadline and signals do not wait. */
  async #exchange<T>(
    keys: readonly KeyValues[],
    page: PageParams,
    decode: Decode<T>,
    given = this.context.runtime.signal,
    answered?: () => void,
  ): Promise<T> {
    const { signal, release } = this.session.deadline.bind(given);
    try {
      for (let replayed = false; ; replayed = true) {
        const sent = await this.#send(keys, page, signal, answered);
        try {
          return this.#prove(await inTurns(decode(sent.response, sent), signal));
        } catch (error) {
          const told = this.#told(await this.#cleaned(error, decode, sent, signal), keys, sent);
          if (told instanceof NotFoundError) this.#proven = true;
          if (!(told instanceof AuthError)) throw told;
          if (replayed || !(await this.#renewed(keys, sent))) throw await this.#rejected(told, keys, sent.response);
        }
      }
    } finally {
      release();
    }
  }

  async #renewed(keys: readonly KeyValues[], sent: Sent): Promise<boolean> {
    try {
      return await this.session.authenticator.rejected(sent.response);
    } catch (error) {
      throw this.#told(error, keys, sent);
    }
  }

  async #send(keys: readonly KeyValues[], page: PageParams, signal: AbortSignal, answered?: () => void): Promise<Sent> {
    const { authenticator, client, retrier, sent } = this.session;
    const { trace } = this.context.messages;
    const { monotonicMs } = this.context.runtime;
    let requestId: string | undefined;
    try {
      const { response, attempts } = await retrier.run(async (_, attemptSignal, again) => {
        const planned = this.plan(keys, page);
        requestId = planned.requestId;
        const plan = await authenticator.authenticate(planned.plan);
        trace?.(traceRequest(plan));
        const startedMs = monotonicMs();
        sent.requests += 1;
        const answer = await client.send(plan, {
          signal: attemptSignal,
          again: async () => {
            await again();
            sent.requests += 1;
          },
          // Any other may be asked for once more, or end the run.
          answered: status => (status >= 200 && status < 300 ? answered?.() : undefined),
        });
        trace?.(traceAnswer(answer, monotonicMs() - startedMs));
        return authenticator.check(answer, plan);
      }, signal);
      return { response, attempts, requestId: requestId ?? requestIdOf(response) };
    } catch (error) {
      throw this.#told(error, keys, { requestId });
    }
  }

  /**
   * Messages are truncated and the filter cannot see half a secret: decodes again from the masked body, but keeps the
   * classification of what the provider sent.
   */
  async #cleaned(error: unknown, decode: Decode<unknown>, sent: Sent, signal: AbortSignal): Promise<unknown> {
    if (!(error instanceof LoanqError) || signal.aborted) return error;
    const response = await cleanAnswer(sent.response, createByteFilter(this.context.secrets), signal);
    if (response === sent.response) return error;
    try {
      await inTurns(decode(response, sent), signal);
    } catch (again) {
      if (again instanceof LoanqError && again.code === error.code) return again;
    }
    return error;
  }

  #warn(sentence: Words): void {
    this.context.messages.warn(say`${this.session.provider.name} ${this.call.endpoint.name}: ${sentence}`);
  }

  #prove<T>(result: T): T {
    this.#proven = true;
    return result;
  }

  /** Once a credential has worked, a refusal of one key is about that key. */
  async #rejected(error: AuthError, keys: readonly KeyValues[], response: HttpResponse): Promise<LoanqError> {
    const { hint, status } = error.given;
    if (this.#proven && status === 403) return withCall(new RefusedError(error.said, error.given), this.#asked(keys)) as LoanqError;
    const said = (await this.session.authenticator.hint(response)) ?? hint;
    return new AuthError(error.said, { ...error.given, hint: authAdvice(this.#asked(keys), status, said) });
  }

  #told(error: unknown, keys: readonly KeyValues[], sent: Partial<Sent>): unknown {
    return withCall(error, this.#asked(keys), sent);
  }

  #asked(keys: readonly KeyValues[]): Asked {
    return { session: this.session, endpoint: this.call.endpoint, keys };
  }
}

/** Makes something of an answer, in steps. */
type Decode<T> = (response: HttpResponse, sent: Sent) => Steps<T>;
