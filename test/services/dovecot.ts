// A real IMAP server of one's own on loopback: Dovecot in a temporary folder, with TLS. Debian: dovecot-imapd.

import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chooseAccount } from '../../src/store/server-account.ts';
import { makeCertificate } from './certificate.ts';
import { freePort, missingPrograms } from './programs.ts';

const PROGRAMS = ['dovecot', 'openssl'] as const;
const START_TIMEOUT_MS = 30_000;

export interface Dovecot {
  /** Plain, with STARTTLS. */
  readonly port: number;
  /** TLS from the first byte. */
  readonly tlsPort: number;
  /** PEM of the authority that its certificate (of `localhost`) is from. */
  readonly authority: string;
  stop(): Promise<void>;
}

/** Why no Dovecot can be started here, or null. With REQUIRE_REAL=1 this is an error. */
export function dovecotMissing(): string | null {
  const missing = missingPrograms(PROGRAMS);
  if (missing !== null || process.getuid?.() === 0) return missing;
  const reason = 'Dovecot is started by root only';
  if (process.env.REQUIRE_REAL === '1') throw new Error(`REQUIRE_REAL=1, but ${reason}`);
  return reason;
}

/** Starts a server with an account `guichet` (password `secret-guichet`). */
export async function startDovecot(): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-dovecot-'));
  let server: ChildProcess | null = null;
  const stop = async () => {
    if (server !== null && server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server!.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await chmod(folder, 0o755);
    const [port, tlsPort] = [await freePort(), await freePort()];
    const { uid, gid } = await chooseAccount();
    const { authority, certificate, key } = await makeCertificate(folder, 'localhost');
    const mail = join(folder, 'mail');
    await mkdir(mail);
    await chown(mail, uid, gid);
    await writeFile(join(folder, 'users'), 'guichet:{PLAIN}secret-guichet\n');
    await writeFile(
      join(folder, 'conf'),
      `base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${certificate}
ssl_key = <${key}
disable_plaintext_auth = no
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:${mail}/%u
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${mail}
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
`,
    );
    const [program] = PROGRAMS;
    server = spawn(program, ['-F', '-c', join(folder, 'conf')], { stdio: 'ignore' });
    await listening(port, server);
    return { port, tlsPort, authority, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listening(port: number, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    if (server.exitCode !== null) throw new Error(`dovecot ended (${server.exitCode})`);
    if (Date.now() > deadline) throw new Error('Dovecot did not start');
    await wait(50);
  }
}
