// One page of a batch, with the address of a file of the whole batch. By its name the payload of a webhook; the page does not say.
// Doc: https://developer.interlace.money/docs/card-negative-resource (Batch Hook). Object only: no path is published.
import { defineEndpoint } from '../../core/endpoint.ts';
import { flag, id, number, url, values } from '../../core/fields.ts';
import { doc, noPath } from './account.ts';
import example from './batch-hook.example.json';

export default defineEndpoint({
  name: 'batch-hook',
  summary: 'A batch of records as delivered page by page',
  doc: {
    ...doc,
    notes: ['What the list holds is not stated; --explode list makes a row of each.', 'loanq does not fetch the file behind fileUrl.'],
  },
  path: { profile: 'batch-hook', hint: noPath },
  // Not `data.list`: a batch hook has a `list` of its own.
  answer: [{ items: 'data' }, { item: 'data' }, { items: '' }, { item: '' }],
  unwrap: 'resource',
  fields: {
    batchNo: id('Batch'),
    page: number('Page'),
    size: number('Page size'),
    total: number('Total', { about: 'records in the whole batch' }),
    lastPage: flag('Last page'),
    fileUrl: url('File'),
    list: values('Records'),
  },
  columns: ['batchNo', 'page', 'size', 'total', 'lastPage', 'fileUrl'],
  unified: { kind: 'batch', id: { join: ['batchNo', 'page'] } },
  example,
});
