// What the reads of the older postpaid product share.
import type { Param } from '../../core/endpoint.ts';

export const postpaidPages: Readonly<Record<string, Param>> = {
  page: { in: 'query', type: 'number', about: 'page to read; that the first is 1 is taken from the sample' },
  page_size: { in: 'query', type: 'number', about: 'rows a page, at most 100' },
};

/** States that a sample shows. */
export const postpaidStates = { opened: 'open', closed: 'closed' } as const;
