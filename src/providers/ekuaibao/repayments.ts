// The only documented list of repayments, by the time their state changed. The provider no longer maintains it.
// Doc: https://docs.ekuaibao.com/docs/open-api/history/flows/get-forms-sequences, read 2026-11-21.
import { defineEndpoint } from '../../core/endpoint.ts';
import { any, flag, group, id, instant, list, money, someOf, text } from '../../core/fields.ts';
import { formActions, formStates, formTones, repaymentTypes } from './codes.ts';
import example from './repayments.example.json';

const unit = { id: id('Department'), name: text('Name'), code: text('Number') } as const;

export default defineEndpoint({
  name: 'repayments',
  summary: 'Repayments by the time their state changed (deprecated)',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/history/flows/get-forms-sequences',
    read: '2026-11-21',
    notes: [
      'index is the time of a change of state; a call answers what came after --index, the next page what came after the highest index.',
      'docData.loanId is the id of a loan form: loan-of-form reads it, loan does not. Whether repayment-records knows docData.id is not stated.',
      'Only rejected, paying, being paid and paid are listed. The samples show the type MANUAL alone.',
    ],
    deprecated: 'since 1.7.0 and no longer maintained; its successor (forms) lists no repayments',
  },
  path: '/api/openapi/v1/docSequences',
  params: {
    powerCode: {
      in: 'query',
      about: '219902: open API; 219904: open API (new)',
      default: '219904',
      required: true,
      choices: ['219902', '219904'],
    },
    type: { in: 'query', about: 'type of the documents', default: 'repayment', required: true, choices: ['repayment'] },
    index: { in: 'query', about: 'only what changed after this time', instant: { form: 'ms' } },
    count: { in: 'query', about: 'rows of a page, at most 100', type: 'number' },
  },
  answer: { items: 'items' },
  paging: { kind: 'cursor', cursor: 'index', from: 'index', size: 'count', defaultSize: 100, maxSize: 100 },
  failures: [
    {
      status: 403,
      message: /未开通功能/,
      means: 'refused',
      about: 'the tenant has not bought the feature that --power-code names',
      hint: 'try --power-code 219902, or ask an administrator of the tenant',
    },
  ],
  fields: {
    index: instant('Changed', 'ms'),
    docData: group('Repayment', {
      id: id('Repayment'),
      type: text('Document type'),
      repaymentType: someOf('Type', repaymentTypes),
      amount: money('Amount'),
      title: text('Loan'),
      code: text('Form number'),
      loanId: id('Loan form', { of: 'form' }),
      ownerId: id('Borrower', { of: 'staff' }),
      owner: group('Borrower', {
        id: id('Staff', { of: 'staff' }),
        name: text('Name'),
        departments: list('Departments', unit),
        code: text('Staff number'),
      }),
      department: group('Department', unit),
      state: text('State', { about: 'empty in the sample' }),
      createTime: instant('Created', 'ms'),
      updateTime: instant('Updated', 'ms'),
      paymentAccountId: id('Paying account'),
      dataType: text('Data type'),
      remark: any('Remark'),
      project: any('Project'),
      specificationId: id('Template'),
      userProps: any('Fields of the form'),
      logs: list('Approval', {
        time: instant('At', 'ms'),
        action: someOf('Action', formActions),
        state: someOf('State after', formStates, { tones: formTones }),
        nodeId: text('Step'),
        nodeName: text('Step name'),
        nextNodeId: text('Next step'),
        operatorId: id('By', { of: 'staff' }),
        nextOperatorId: id('Next'),
        docDataCode: text('Form number'),
        isNew: flag('New'),
        logid: id('Entry'),
        corporationId: id('Corporation'),
      }),
      flowPlan: any('Approval plan'),
      corporationId: id('Corporation'),
    }),
  },
  columns: ['index', 'docData.id', 'docData.repaymentType', 'docData.amount', 'docData.owner.name', 'docData.title', 'docData.loanId'],
  unified: {
    kind: 'repayment',
    id: 'docData.id',
    event: 'docData.repaymentType',
    status: 'docData.state',
    amount: 'docData.amount',
    date: 'docData.updateTime',
    party: 'docData.ownerId',
    title: 'docData.title',
  },
  example,
});
