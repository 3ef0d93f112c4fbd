// X.509 certificates made on the spot, so that tests can have expired, foreign and self-signed ones without keys in the repository.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import net from 'node:net';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** Subject as encoded, for those it signs. */
  readonly subject: Buffer;
}

export interface CertificateWish {
  /** Host names and addresses it is for. */
  readonly names: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  /** Signs the certificate; by default it signs itself. */
  readonly issuer?: Certificate;
}

const dayMs = 86_400_000;

export function issueCertificate({ names, from, to, issuer }: CertificateWish): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = nameOf(names[0] ?? 'nobody');
  const signed = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ecdsaWithSha256,
    issuer?.subject ?? subject,
    sequence(time(from ?? new Date(Date.now() - dayMs)), time(to ?? new Date(Date.now() + dayMs))),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(alternativeNames(names), ...(issuer === undefined ? [authorityFlag] : []))),
  );
  const signature = sign('sha256', signed, issuer?.key ?? privateKey);
  const der = sequence(signed, ecdsaWithSha256, tagged(0x03, Buffer.of(0), signature));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    subject,
  };
}

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
const authorityFlag = sequence(objectId('551d13'), tagged(0x01, Buffer.of(0xff)), tagged(0x04, sequence(tagged(0x01, Buffer.of(0xff)))));

function nameOf(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(objectId('550403'), tagged(0x0c, Buffer.from(commonName)))));
}

function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(`${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`));
}

function alternativeNames(names: readonly string[]): Buffer {
  const entries = names.map(name => {
    if (net.isIPv4(name)) return tagged(0x87, Buffer.from(name.split('.').map(Number)));
    return tagged(0x82, Buffer.from(name));
  });
  return sequence(objectId('551d11'), tagged(0x04, sequence(...entries)));
}
