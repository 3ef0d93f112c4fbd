// A member of staff (员工) as the calls that read staff answer it.
import { any, dateText, type Fields, flag, id, list, text, values } from '../../core/fields.ts';

export const staffFields = {
  id: id('Staff', { of: 'staff', about: 'corporationId:staffId' }),
  name: text('Name'),
  nickName: text('Alias'),
  code: text('Staff number'),
  departments: values('Departments'),
  defaultDepartment: id('Department'),
  cellphone: text('Mobile', { personal: 'phone' }),
  globalRoaming: text('Country code'),
  email: text('E-mail', { personal: 'email', about: 'for logging in, in small letters' }),
  showEmail: text('E-mail shown', { personal: 'email', about: 'as the person wrote it' }),
  userId: id('Third-party id', { about: 'id at DingTalk, WeCom and the like' }),
  active: flag('Employed', { about: 'false: has left, the account is deleted' }),
  authState: flag('Activated', { about: 'whether the account can be used' }),
  external: flag('External'),
  note: text('Note'),
  staffCustomForm: any('Tenant’s own fields'),
  roles: list('Roles', { roleDefId: id('Role'), properties: any('Properties') }, { optional: true }),
  createTime: dateText('Created'),
  updateTime: dateText('Updated'),
} as const satisfies Fields;
