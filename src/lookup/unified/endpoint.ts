// What `lookup` delivers, as a literal like any other: so every format, option and language treats its rows as those of an endpoint.
import type { Endpoint, Grammar } from '../../core/endpoint.ts';
import { id, instant, money, oneOf, someOf, text, values } from '../../core/fields.ts';
import { ownEndpoint, ownRows } from '../../core/own-rows.ts';
import { unifiedKinds } from '../../core/unified.ts';

/** Everything that is an id somewhere. What it is one of, the grammars of the systems say. */
const anyId: Grammar = {
  name: 'an id of any system',
  pattern: /^[0-9A-Za-z_$:.~-]+$/,
  likely: { pattern: /^ID_.{6,}$/, sample: '' },
};

export const lookupEndpoint: Endpoint = ownEndpoint({
  name: 'lookup',
  summary: 'Whose id is this, and what happened to the money',
  keys: { id: { arg: 'ids', about: 'ids of any system', grammar: anyId, many: 'each', field: 'key' } },
  fields: {
    key: id('Asked for'),
    provider: text('System'),
    profile: text('Profile'),
    host: text('Host'),
    endpoint: text('Endpoint'),
    kind: oneOf('What', unifiedKinds),
    id: id('Id'),
    event: someOf('Event', {}),
    status: someOf('Status', {}),
    amount: money('Amount'),
    currency: text('Currency'),
    outstanding: money('Outstanding'),
    date: instant('Date', 'iso', { about: 'as RFC 3339 where the system sends a point in time, else as sent' }),
    due: instant('Due', 'iso', { about: 'a day or a time, as far as the system says' }),
    party: id('Party', { about: 'borrower, customer, account or wallet' }),
    loan: id('Loan'),
    title: text('Title'),
    derived: values('Computed', { about: 'columns that are computed from several values; all others are as sent' }),
  },
  columns: ['key', 'provider', 'endpoint', 'event', 'status', 'amount', 'date', 'currency'],
});

export const everySystem = ownRows('every system');
