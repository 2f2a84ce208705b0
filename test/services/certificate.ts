// An authority and a server's certificate, made for one test by openssl.

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Certificate {
  /** PEM of the authority. */
  readonly authority: string;
  /** Paths of the server's own. */
  readonly certificate: string;
  readonly key: string;
}

/** Makes a certificate of a name under an authority of its own, valid for two days. */
export async function makeCertificate(folder: string, name: string): Promise<Certificate> {
  const at = (file: string) => join(folder, file);
  const openssl = (...options: string[]) => run('openssl', options);
  const days = ['-days', '2'];
  await writeFile(at('names'), `subjectAltName=DNS:${name}\n`);
  const newKey = ['-newkey', 'rsa:2048', '-nodes'];
  await openssl(
    'req',
    '-x509',
    ...newKey,
    ...days,
    '-subj',
    '/CN=Autorite d essai',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  );
  await openssl('req', ...newKey, '-subj', `/CN=${name}`, '-keyout', at('server.key'), '-out', at('server.csr'));
  const signing = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('names')];
  await openssl('x509', '-req', '-in', at('server.csr'), ...signing, ...days, '-out', at('server.pem'));
  return { authority: await readFile(at('ca.pem'), 'utf8'), certificate: at('server.pem'), key: at('server.key') };
}
