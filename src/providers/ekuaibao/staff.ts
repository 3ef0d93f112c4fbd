// Members of staff by any id they are known by. Doc: https://docs.ekuaibao.com/docs/open-api/corporation/get-staff-ids, read 2026-11-21.
// A POST that reads. The key itself may be somebody's phone number or e-mail address.
import { defineEndpoint } from '../../core/endpoint.ts';
import { staffKey } from './codes.ts';
import example from './staff.example.json';
import { staffFields } from './staff-fields.ts';

export default defineEndpoint({
  name: 'staff',
  summary: 'Members of staff by id, number, mobile, e-mail or third-party id',
  doc: {
    url: 'https://docs.ekuaibao.com/docs/open-api/corporation/get-staff-ids',
    read: '2026-11-21',
    notes: ['Only enabled staff are found; staffs lists the others, too.', 'Times are text without a zone.'],
  },
  method: 'POST',
  path: '/api/openapi/v1/staffs/getStaffIds',
  keys: {
    conditionIds: {
      in: 'json',
      arg: 'ids',
      about: 'staff ids (ownerId of a loan), or what --type says',
      grammar: staffKey,
      many: 'packed',
      maxPack: 100,
      personal: true,
      field: 'id',
      fieldBy: { param: 'type', fields: { STAFFID: 'id', CODE: 'code', CELLPHONE: 'cellphone', MAIL: 'email', USERID: 'userId' } },
    },
  },
  params: {
    type: {
      in: 'json',
      about: 'what the ids are: staff ids, staff numbers, mobile numbers, e-mail addresses or third-party ids',
      default: 'STAFFID',
      required: true,
      choices: ['STAFFID', 'CODE', 'CELLPHONE', 'MAIL', 'USERID'],
    },
  },
  answer: { items: 'items' },
  fields: staffFields,
  columns: ['id', 'name', 'code', 'defaultDepartment', 'active', 'authState', 'external'],
  example,
  exampleKeys: [{ conditionIds: 'JOYbpjPP-E2Q00:pt4bu1ZI9s2000' }],
});
