// What the page on the list of staff says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';

export default {
  usage: '',
  request: 'GET /api/openapi/v1.1/staffs?start=0&count=100',
  params: [
    'query start',
    'query count',
    'query active true false',
    'query external true false',
    'query startDate',
    'query endDate',
    'query orderBy updateTime',
    'query orderByType asc desc',
  ],
  personal: ['cellphone: phone', 'email: email', 'showEmail: email'],
  keys: `
    id name nickName code departments defaultDepartment cellphone active userId email showEmail external authState globalRoaming
    note staffCustomForm updateTime createTime`,
  printed: ['"id": "xgJ3wajigF25H0:ID01iOBVJdZiEf"', '"updateTime": "2022-09-05 10:43:56"', '"userId": "SOV3Dvxff1m$kw"'],
} satisfies EndpointFacts;
