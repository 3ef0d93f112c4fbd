// What is said of the literals of the providers, in Chinese.
import type { Phrases } from '../translations.ts';

export const providers: Phrases = {
  'Open API (开放接口) is a feature of its own: an administrator of the tenant has to enable it':
    '开放接口是单独的功能：需由企业管理员开通',
  'check appKey and appSecurity in 合思+ → 开放接口, and baseUrl': '请核对合思+ → 开放接口中的 appKey 和 appSecurity，以及 baseUrl',
  'the token may have expired, or baseUrl is not the host of this tenant (DingTalk, WeCom and Feishu tenants have their own)':
    '令牌可能已过期，或 baseUrl 不是该企业的主机（钉钉、企业微信、飞书企业各有自己的主机）',
  'an Ekuaibao id': '易快报标识',
  '219902: open API; 219904: open API (new)': '219902：开放接口；219904：开放接口（新）',
  'type of the documents': '单据类型',
  'try --power-code 219902, or ask an administrator of the tenant': '请试 --power-code 219902，或询问企业管理员',
  'a form number': '单据编号',
  'type of the forms': '单据类型',
  'only this state': '仅此状态',
  'a staff id, number, mobile or e-mail': '员工标识、工号、手机号或邮箱',
  'what the ids are: staff ids, staff numbers, mobile numbers, e-mail addresses or third-party ids':
    '标识的类型：员工标识、工号、手机号、邮箱或第三方标识',
  'from this time on': '从此时间起',
  'up to this time': '到此时间止',
  'an id': '标识',
  'set customerIp in the profile (or LOANQ_FINLEND_CUSTOMER_IP): FinLend wants the IP address of the customer with every call':
    '请在配置档中设置 customerIp（或 LOANQ_FINLEND_CUSTOMER_IP）：FinLend 每次调用都要求客户的 IP 地址',
  'check email and password in the profile; repeated failures lock the account': '请检查配置档中的 email 和 password；多次失败会锁定账户',
  'wait for the lock to end, have an administrator lift it, or reset the password': '请等待锁定结束，由管理员解锁，或重置密码',
  'check email in the profile, and that baseUrl is the host of the right tenant':
    '请检查配置档中的 email，以及 baseUrl 是否为正确租户的主机',
  'a UUID': 'UUID',
  'looks like a ref_id; Crego reads records by UUID': '看起来是 ref_id；Crego 按 UUID 读取记录',
  'list to expand in the answer; required by the page': '要在响应中展开的列表；文档要求必填',
  'ask QI Tech to enable this endpoint for your integration; the key itself is good': '请 QI Tech 为您的集成开通此接口；密钥本身有效',
  'check that privateKey belongs to the public key uploaded for this client key, and the clock of this machine':
    '请检查 privateKey 是否与此 client key 上传的公钥配对，以及本机时钟',
  'check clientKey, and that it belongs to the host in baseUrl: sandbox and production are separate':
    '请检查 clientKey，以及它是否属于 baseUrl 的主机：沙盒与生产环境相互独立',
  'production answers listed addresses alone: have the IP allow list checked for the address of this machine; if it is on it, the token is wrong':
    '生产环境只响应白名单地址：请核对 IP 白名单是否含本机地址；如已包含，则是令牌有误',
  'the provider publishes no path for this object: ask Interlace for it and set it under "paths" in the profile, or decode a saved answer with --input':
    '文档没有公布此对象的路径：请向 Interlace 索取并写入配置档的 "paths"，或用 --input 解读保存的响应',
};
