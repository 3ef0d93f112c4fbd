// What is said of the literals of the providers, in Brazilian Portuguese.
import type { Phrases } from '../translations.ts';

export const providers: Phrases = {
  'Open API (开放接口) is a feature of its own: an administrator of the tenant has to enable it':
    'a Open API (开放接口) é um recurso à parte: um administrador do tenant precisa habilitá-la',
  'check appKey and appSecurity in 合思+ → 开放接口, and baseUrl': 'verifique appKey e appSecurity em 合思+ → 开放接口, e baseUrl',
  'the token may have expired, or baseUrl is not the host of this tenant (DingTalk, WeCom and Feishu tenants have their own)':
    'o token pode ter expirado, ou baseUrl não é o servidor deste tenant (tenants de DingTalk, WeCom e Feishu têm os seus)',
  'an Ekuaibao id': 'um ID do Ekuaibao',
  '219902: open API; 219904: open API (new)': '219902: Open API; 219904: Open API (nova)',
  'type of the documents': 'tipo dos documentos',
  'try --power-code 219902, or ask an administrator of the tenant': 'tente --power-code 219902, ou pergunte a um administrador do tenant',
  'a form number': 'um número de formulário',
  'type of the forms': 'tipo dos formulários',
  'only this state': 'só esta situação',
  'a staff id, number, mobile or e-mail': 'um ID, número, celular ou e-mail de funcionário',
  'what the ids are: staff ids, staff numbers, mobile numbers, e-mail addresses or third-party ids':
    'o que são os IDs: de funcionário, números de funcionário, celulares, e-mails ou IDs de terceiros',
  'from this time on': 'a partir deste horário',
  'up to this time': 'até este horário',
  'an id': 'um ID',
  'set customerIp in the profile (or LOANQ_FINLEND_CUSTOMER_IP): FinLend wants the IP address of the customer with every call':
    'defina customerIp no perfil (ou LOANQ_FINLEND_CUSTOMER_IP): o FinLend exige o endereço IP do cliente em cada chamada',
  'check email and password in the profile; repeated failures lock the account':
    'verifique email e password no perfil; falhas repetidas bloqueiam a conta',
  'wait for the lock to end, have an administrator lift it, or reset the password':
    'espere o bloqueio acabar, peça a um administrador que o retire, ou redefina a senha',
  'check email in the profile, and that baseUrl is the host of the right tenant':
    'verifique email no perfil, e se baseUrl é o servidor do tenant certo',
  'a UUID': 'um UUID',
  'looks like a ref_id; Crego reads records by UUID': 'parece um ref_id; o Crego lê registros por UUID',
  'list to expand in the answer; required by the page': 'lista a expandir na resposta; exigida pela documentação',
  'ask QI Tech to enable this endpoint for your integration; the key itself is good':
    'peça à QI Tech que habilite este endpoint para a sua integração; a chave em si é válida',
  'check that privateKey belongs to the public key uploaded for this client key, and the clock of this machine':
    'verifique se privateKey corresponde à chave pública enviada para esta client key, e o relógio desta máquina',
  'check clientKey, and that it belongs to the host in baseUrl: sandbox and production are separate':
    'verifique clientKey, e se ela pertence ao servidor em baseUrl: sandbox e produção são separados',
  'production answers listed addresses alone: have the IP allow list checked for the address of this machine; if it is on it, the token is wrong':
    'a produção só responde a endereços liberados: peça para verificar se o IP desta máquina está na lista; se estiver, o token está errado',
  'the provider publishes no path for this object: ask Interlace for it and set it under "paths" in the profile, or decode a saved answer with --input':
    'o provedor não publica o caminho deste objeto: peça-o à Interlace e defina-o em "paths" no perfil, ou leia uma resposta salva com --input',
};
