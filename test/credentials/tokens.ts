// Tokens as the providers issue them, made by hand.

/** A JWT nobody has signed: to loanq a token is opaque but for its `exp`. The subject makes it recognisable in clear and in base64. */
export function makeJwt(subject: string, exp: number | undefined): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: subject, ...(exp !== undefined && { exp }) })}.${subject}`;
}
