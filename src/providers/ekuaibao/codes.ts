// Code lists and grammars that several Ekuaibao endpoints share.
import type { Failure, Grammar } from '../../core/endpoint.ts';
import type { Tones } from '../../core/fields.ts';

/** No formal pattern is published; the samples hold letters, digits, `_`, `-`, `$` and `:`. */
export const recordId: Grammar = {
  name: 'an Ekuaibao id',
  pattern: /^[A-Za-z0-9_$:-]+$/,
  // No sample of any page is a UUID, nor anything without a digit or a capital.
  likely: { pattern: /^(?![0-9A-Za-z]{8}(?:-[0-9A-Za-z]{4}){3}-[0-9A-Za-z]{12}$)(?=.*[A-Z0-9]).{6,}$/, sample: 'ID_3HV7_Hq1zKw' },
};

/** What staff are known by: ids, numbers in any script, mobile numbers, e-mail addresses, which are answered in small letters. */
export const staffKey: Grammar = { name: 'a staff id, number, mobile or e-mail', pattern: /^[\p{L}\p{N}_$:.@+-]+$/u, ignoreCase: true };

/** A form number: a letter or more that say what kind of form it is, the year, and a count. */
export const formCode: Grammar = {
  name: 'a form number',
  pattern: recordId.pattern,
  likely: { pattern: /^[A-Z]+\d{6,}$/, sample: 'J20000002' },
};

/** Types of outbound messages (消息类型) of the page on failed ones. */
export const messageTypes = {
  message: 'approval event',
  dataLink: 'change of a business object',
  message_center: 'message centre',
  repayment: 'loan event',
  flow: 'EBot event',
  InternalMessage: 'message within the product',
} as const;

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

/** Form states (单据状态) of the forms-state page. */
export const formStates = {
  draft: 'draft',
  nullify: 'voided, which is not deleted',
  pending: 'being submitted',
  approving: 'in approval',
  rejected: 'rejected',
  paying: 'awaiting payment',
  PROCESSING: 'being paid',
  paid: 'paid, or approved in full; not final',
  archived: 'archived; final',
  sending: 'being mailed',
  receiving: 'being received',
} as const;

/** A draft and a voided form wait for nobody; one in the post is on its way either way. */
export const formTones: Tones<keyof typeof formStates> = {
  pending: 'waiting',
  approving: 'waiting',
  rejected: 'bad',
  paying: 'waiting',
  PROCESSING: 'waiting',
  paid: 'good',
  archived: 'good',
};

/** Approval actions (审批动作) of the forms-state page. */
export const formActions = {
  'freeflow.submit': 'submitted',
  'freeflow.editApproving': 'edited during approval',
  'freeflow.delete': 'deleted',
  'freeflow.retract': 'withdrawn',
  'freeflow.agree': 'approved',
  'freeflow.reject': 'rejected',
  'freeflow.remind': 'reminded to print',
  'freeflow.print': 'printed',
  'freeflow.addnode': 'handed over',
  'freeflow.back': 'sent back',
  'freeflow.comment': 'commented',
  'freeflow.modify': 'modified',
  'freeflow.activate': 'activated',
  'freeflow.receive': 'receipt of papers confirmed',
  'freeflow.nullify': 'voided',
  'freeflow.pay': 'paid',
  'freeflow.addExpress': 'mailing added',
  'freeflow.jumpExpress': 'mailing skipped',
  'freeflow.shiftApprove': 'approval handed over',
  'freeflow.addSignNode': 'further approval added',
  'freeflow.select.approver': 'approver chosen',
  'freeflow.alter': 'form changed',
  // Not in the list of that page, but printed by samples.
  'freeflow.carbonCopy': 'copied to others',
  'freeflow.paying': 'payment begun',
} as const;

/** The refusals of the calls that read one form. */
export const missingForm = {
  status: 412,
  message: /单据不存在/,
  means: 'not-found',
  about: 'no such form',
  body: '{"errorCode":412,"errorMessage":"单据不存在","errorDetails":null,"code":null,"data":null}',
} as const satisfies Failure;

export const deletedForm = {
  status: 412,
  message: /单据已删除/,
  means: 'not-found',
  about: 'the form was deleted',
} as const satisfies Failure;
