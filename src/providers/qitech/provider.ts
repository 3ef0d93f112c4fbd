// QI Tech: hosts, signature and error words. Doc: https://docs.qitech.com.br/en/documentation/primeiros_passos/teste_de_autenticacao/possiveis_erros.
// A 404 has three meanings here (unknown client key, unknown record, unknown route) and a 401 has two: code and text tell them apart.
import type { Provider } from '../../core/provider.ts';

export const qitech = {
  name: 'qitech',
  title: 'QI Tech',
  docs: 'https://docs.qitech.com.br',
  baseUrl: 'https://api-auth.qitech.app',
  environments: [
    { name: 'production', baseUrl: 'https://api-auth.qitech.app' },
    { name: 'sandbox', baseUrl: 'https://api-auth.sandbox.qitech.app', about: 'with keys of its own' },
  ],
  credentials: { clientKey: 'client key (dashboard: My profile, Integration)', privateKey: 'private key (PEM) of this integration' },
  schemes: [
    {
      kind: 'es512',
      about: 'client key and private key',
      client: 'clientKey',
      key: 'privateKey',
      settings: { variant: 'signing', publicKey: 'qiPublicKey', unsigned: 'unsignedAnswers' },
    },
  ],
  open: ['clientKey'],
  settings: {
    signing: {
      type: 'choice',
      choices: ['v2', 'legacy'],
      about: 'how requests are signed (default v2; legacy: the older encoded_body scheme)',
    },
    qiPublicKey: {
      type: 'key',
      about: 'public key of QI Tech (dashboard: My profile, Integration); with it answers are verified, and unsigned ones refused',
    },
    unsignedAnswers: {
      type: 'choice',
      choices: ['refuse', 'warn'],
      about:
        'with qiPublicKey: what becomes of an answer that is not signed (default refuse; warn: for tenants whose answers are not signed)',
    },
  },
  failure: { code: ['code'], message: ['description', 'translation', 'title'], notFoundBy404: false },
  failures: [
    {
      status: 400,
      code: 'GDF000003',
      means: 'auth',
      about: 'the API-CLIENT-KEY header is missing',
      when: 'no-credential',
      body: '{"title":"Bad Request","description":"No API Client Key received","translation":"Nenhuma chave de API do cliente recebida","code":"GDF000003"}',
    },
    {
      status: 401,
      code: 'GDF000014',
      message: /not allowed for the given ClientIntegration/,
      means: 'auth',
      about: 'the endpoint or method is not enabled for this client key',
      hint: 'ask QI Tech to enable this endpoint for your integration; the key itself is good',
    },
    {
      status: 401,
      code: 'GDF000014',
      means: 'auth',
      about: 'the signature cannot be verified',
      hint: 'check that privateKey belongs to the public key uploaded for this client key, and the clock of this machine',
      when: 'bad-signature',
      body: '{"title":"QI Unauthenticated","description":"Please provide valid credentials as part of the request. (Documentation: https://qitech.com.br/documentation) Details: Failed while decoding the authentication token","translation":"Por favor forneça credenciais válidas como parte da request. (Documentação: https://qitech.com.br/documentation) Detalhes: Falha ao decodificar o token de autenticação","code":"GDF000014"}',
    },
    {
      status: 404,
      code: 'GDF000018',
      means: 'auth',
      about: 'no integration for that client key',
      hint: 'check clientKey, and that it belongs to the host in baseUrl: sandbox and production are separate',
      when: 'unknown-client',
      body: '{"code":"GDF000018","title":"Not Found","description":"No ClientIntegration found for api_client_key: {api_client_key}.","translation":"Nenhuma ClientIntegration encontrada para api_client_key: {api_client_key}."}',
    },
  ],
  test: { method: 'GET', path: '/test/{clientKey}' },
} as const satisfies Omit<Provider, 'endpoints'>;
