// What the literals of FinLend share: the header most of its reads want, the key of a loan and the failure that names it.
import { type Failure, type HeaderValue, type Key, type SuccessWord, uuid } from '../../core/endpoint.ts';
import type { Tones } from '../../core/fields.ts';

/** Wanted by the pages of most reads, although nothing is changed. */
export const idempotent: Readonly<Record<string, HeaderValue>> = { 'x-idempotency-key': { fresh: 'uuid' } };

export const loanApplicationIds: Key = {
  arg: 'loan-application-ids',
  about: 'loan applications',
  grammar: uuid,
  many: 'each',
  field: 'loanApplicationId',
};

/** How an unknown resource is refused, by the table of the reference. */
export const notFound = { status: 404, code: 'NOT_FOUND', means: 'not-found' } as const;

export const noLoanApplication: Failure = {
  ...notFound,
  about: 'no such resource: the loan application is not known in this tenant',
  when: { unknown: 'loan-application-id' },
};

/** The key the pages print in every sample call, and the loan that the other samples name. */
export const loanApplicationKeys = [
  { 'loan-application-id': '123e4567-e89b-12d3-a456-426614174000' },
  { 'loan-application-id': '9a7d2c60-3a55-4f0e-b8f1-6f1c2b3d4e5f' },
];

/** States of a loan application that pages name; none says that these are all. */
export const loanApplicationStates = {
  REQUESTED: 'requested',
  APPROVED: 'approved',
  OFFER_SENT: 'an offer was sent',
  ACCEPTED: 'the offer was accepted',
  REJECTED: 'rejected',
  DISBURSED: 'paid out',
  WITHDRAWN: 'the offer was withdrawn',
  CANCELLED: 'cancelled',
  CLOSED: 'closed: no repayment is possible',
  PAID_OFF: 'paid off',
  COMPLETED: 'completed',
} as const;

/** The others have none: whether a loan that is paid out, or an offer that was withdrawn, is good depends on who reads it. */
export const loanApplicationTones: Tones<keyof typeof loanApplicationStates> = {
  REQUESTED: 'waiting',
  OFFER_SENT: 'waiting',
  REJECTED: 'bad',
  PAID_OFF: 'good',
  COMPLETED: 'good',
};

/** The reference prints `success` around an answer of v6, and no `status`: one there may be that of the record itself. */
export const withoutStatus: readonly SuccessWord[] = [{ at: 'success', is: ['true'] }];
