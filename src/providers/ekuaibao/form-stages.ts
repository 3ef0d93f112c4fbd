// Where forms are in their approval. Doc: https://docs.ekuaibao.com/docs/open-api/flows/get-approve-state, read 2026-11-21.
// A deleted form is answered with a stage of that name; one that never was is left out.
import { defineEndpoint } from '../../core/endpoint.ts';
import { id, list, text, values } from '../../core/fields.ts';
import { recordId } from './codes.ts';
import example from './form-stages.example.json';

export default defineEndpoint({
  name: 'form-stages',
  summary: 'Where forms are in their approval, and who has to approve them',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/flows/get-approve-state',
    read: '2026-11-21',
    notes: [
      'stageName is 尚未提交 (not submitted), 拒绝 (rejected), 完成 (finished), 已删除 (deleted) or the name of the approval step.',
      'The provider answers from a cache: a step just taken may be missing for up to a second.',
    ],
  },
  path: '/api/openapi/v2/approveStates/[{ids}]',
  keys: {
    ids: { arg: 'flow-ids', about: 'form ids', grammar: recordId, many: 'packed', packSetting: 'packSize', field: 'flowId', of: 'form' },
  },
  answer: { items: 'items' },
  fields: {
    flowId: id('Form', { of: 'form' }),
    stageName: text('Stage'),
    operators: list('Approvers', { id: id('Staff', { of: 'staff' }), name: text('Name'), code: text('Staff number') }),
    delegateData: values('Delegates', { about: 'shape of an element is not documented' }),
  },
  columns: ['flowId', 'stageName', 'operators'],
  example,
  // In the order of the sample: it answers all of them.
  exampleKeys: [{ ids: 'xxx' }, { ids: 'ID_3seTcgi0qrg' }, { ids: 'ID_3zE5G_07ew0' }, { ids: 'ID01lc8ik1zc5x' }, { ids: 'ID01l8FxSJxa5V' }],
});
