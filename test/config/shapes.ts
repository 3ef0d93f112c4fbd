// The five providers as the configuration sees them, written out so that these tests need no provider code.
import type { ProviderShape } from '../../src/config/shape.ts';

export const ekuaibao: ProviderShape = {
  name: 'ekuaibao',
  baseUrl: 'https://app.ekuaibao.com',
  credentials: [['accessToken'], ['appKey', 'appSecurity']],
  settings: { packSize: { type: 'count', max: 20, about: 'Ids per call, at most 20' } },
};

export const finlend: ProviderShape = {
  name: 'finlend',
  baseUrl: 'https://finlend.fincode.software',
  credentials: [['token'], ['email', 'password']],
  open: ['email'],
  settings: {
    customerIp: { type: 'ip', about: 'Address the provider is told the customer calls from' },
    publicKey: { type: 'key', about: 'RSA public key of the tenant: PEM, base64 text or file:PATH' },
  },
};

export const crego: ProviderShape = { name: 'crego', baseUrl: 'https://preprod.api.crego.io', credentials: [['token']] };

export const qitech: ProviderShape = {
  name: 'qitech',
  baseUrl: 'https://api-auth.qitech.app',
  credentials: [['clientKey', 'privateKey']],
  pem: ['privateKey'],
  settings: {
    signing: { type: 'choice', choices: ['v2', 'legacy'], about: 'How requests are signed' },
    qiPublicKey: { type: 'key', about: 'Public key of QI Tech: PEM, base64 text or file:PATH' },
  },
};

export const interlace: ProviderShape = {
  name: 'interlace',
  baseUrl: 'https://api-sandbox.interlace.money',
  credentials: [['clientId']],
  optionalCredentials: ['clientSecret'],
  open: ['clientId'],
  settings: {
    paths: {
      type: 'paths',
      choices: ['account-repayment', 'account-negative', 'account-negative-bill', 'batch-hook'],
      about: 'Paths the provider does not publish',
    },
  },
};

export const shapes = [ekuaibao, finlend, crego, qitech, interlace];
