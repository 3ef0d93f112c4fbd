// What the Batch Hook object of Interlace, which has no path says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /path-of-the-profile',
  keys: 'batchNo page size total lastPage fileUrl list',
  printed: ['"batchNo": "BATCH_20260330163600"', '"total": 500,', '"list": []'],
} satisfies EndpointFacts;
