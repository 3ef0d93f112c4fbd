// What the page on members of staff says, typed from there: tests hold the literal against it.
import type { EndpointFacts } from '../facts.ts';
import { refusal } from './provider.facts.ts';

export default {
  usage: '<ids...>',
  request: 'POST /api/openapi/v1/staffs/getStaffIds',
  body: '{"type":"STAFFID","conditionIds":["JOYbpjPP-E2Q00:pt4bu1ZI9s2000"]}',
  params: ['json type STAFFID CODE CELLPHONE MAIL USERID'],
  personal: ['cellphone: phone', 'email: email', 'showEmail: email'],
  keys: `
    id name nickName code departments defaultDepartment cellphone active userId email showEmail external authState globalRoaming
    note staffCustomForm staffCustomForm.base staffCustomForm.postType staffCustomForm.rankType staffCustomForm.u_数字字段 updateTime
    createTime roles roles.roleDefId roles.properties roles.properties.departmentId roles.properties.法人实体 roles.properties.费用分类`,
  printed: ['"code": "1002"', '"updateTime": "2022-08-05 14:59:19"', '"globalRoaming": "+86"'],
  failures: [
    { about: 'nobody with that id', status: 200, body: '{"items": []}', exit: 21 },
    { about: 'no ids', status: 400, body: refusal(400, '查询conditionIds不能为空'), exit: 22, code: '400' },
  ],
} satisfies EndpointFacts;
