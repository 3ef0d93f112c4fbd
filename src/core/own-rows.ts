// Rows that a command makes itself: described by a literal like any other, so that every format, option and language treats them as those
// of an endpoint.
import { defineEndpoint, type Endpoint, type EndpointLiteral } from './endpoint.ts';
import type { Fields } from './fields.ts';
import type { Provider } from './provider.ts';

/** In the place of a provider where a command delivers rows of its own. Nothing is ever sent to it. */
export function ownRows(title: string, endpoints: readonly Endpoint[] = []): Provider {
  const failure = { code: [], message: [], notFoundBy404: false };
  return { name: 'loanq', title, docs: '', baseUrl: '', schemes: [], failure, endpoints };
}

type Described<F extends Fields> = Pick<EndpointLiteral<F>, 'name' | 'summary' | 'fields' | 'columns' | 'keys'>;

/** What such rows have. There is no request behind them. */
export function ownEndpoint<const F extends Fields>(rows: Described<F>): Endpoint {
  return defineEndpoint({ ...rows, doc: { url: '' }, path: { profile: rows.name, hint: '' }, answer: { items: '' }, example: '[]' });
}
