// Code lists and key grammar that several Ekuaibao endpoints share.
import type { Grammar } from '../../core/endpoint.ts';

/** No formal pattern is published; the samples hold letters, digits, `_`, `-`, `$` and `:`. */
export const recordId: Grammar = { name: 'an Ekuaibao id', pattern: /^[A-Za-z0-9_$:-]+$/ };

/** Action performed (执行操作): the complete list of the repayment record page. */
export const repaymentTypes = {
  OBTAIN: 'loan obtained',
  WRITEOFF: 'repayment by write-off',
  MANUAL: 'manual repayment',
  CASHIER: 'forced repayment',
  SHIFT: 'handed over',
  SHARE: 'shared',
  CANCEL_SHARE: 'share cancelled',
  CONFIRM_SHARE: 'share confirmed',
  REJECT_SHARE: 'share rejected',
  DELAY: 'postponed',
  TRANSFER: 'hand-over started',
  CONFIRM: 'hand-over confirmed',
  REFUSE: 'hand-over refused',
  CHARGEAGAINST: 'reversal',
  REVISE: 'loan edited by hand',
} as const;

/** Form types (单据类型) of the forms-state page. */
export const formTypes = {
  expense: 'expense report',
  requisition: 'requisition',
  application: 'requisition item',
  loan: 'loan form',
  repayment: 'repayment record',
  payment: 'payment form',
  receipt: 'receipt form',
  permit: 'permit form',
  custom: 'general approval',
  corpPayment: 'corporate payment',
  reimbursement: 'accounting form',
} as const;
