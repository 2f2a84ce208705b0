// Passwords as they are kept: scrypt, its parameters beside its result, so that they can grow without anyone noticing.

import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { DataSensError } from '../model/error.ts';

export interface ScryptCost {
  /** log2 of N. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** 128 MiB and some 0.4 s of one core a try (OWASP, Password Storage Cheat Sheet: N=2^17, r=8, p=1). */
export const SCRYPT_COST: ScryptCost = { logN: 17, r: 8, p: 1 };

const HASH_BYTES = 32;
const SALT_BYTES = 16;
/** What is at work takes 128 MiB each; what waits takes nothing, and would wait for seconds. */
const PARALLEL = 2;
const WAITING = 16;

export interface PasswordHasher {
  /** A PHC string. @throws throttled where too many wait */
  hash(password: string): Promise<string>;
  /** Takes as long where there is nothing to compare with. @throws throttled where too many wait */
  verify(password: string, stored: string | null): Promise<boolean>;
  /** True where it was made at another cost than today's. */
  isOutdated(stored: string): boolean;
}

/** One hasher a process: what it does at once is bounded. */
export function openPasswordHasher(cost: ScryptCost = SCRYPT_COST): PasswordHasher {
  const take = createTurns();
  const nobody = encode(cost, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
  return {
    hash: (password) =>
      take(async () => {
        const salt = randomBytes(SALT_BYTES);
        return encode(cost, salt, await derive(password, salt, cost));
      }),
    verify: (password, stored) =>
      take(async () => {
        const known = decode(stored ?? nobody);
        const derived = await derive(password, known.salt, known.cost);
        return timingSafeEqual(derived, known.hash) && stored !== null;
      }),
    isOutdated(stored) {
      const known = decode(stored).cost;
      return known.logN !== cost.logN || known.r !== cost.r || known.p !== cost.p;
    },
  };
}

/** The same password typed on two keyboards may differ in bytes: NFKC, as NIST SP 800-63B wants it. */
function derive(password: string, salt: Buffer, { logN, r, p }: ScryptCost): Promise<Buffer> {
  const N = 2 ** logN;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

function encode({ logN, r, p }: ScryptCost, salt: Buffer, hash: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$scrypt$ln=${logN},r=${r},p=${p}$${text(salt)}$${text(hash)}`;
}

function decode(stored: string) {
  const parts = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(
    stored,
  );
  if (parts === null) throw new DataSensError('store-corrupt', 'a password is not kept as it was written');
  const [, logN, r, p, salt, hash] = parts;
  return {
    cost: { logN: Number(logN), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt!, 'base64'),
    hash: Buffer.from(hash!, 'base64'),
  };
}

/** Lets a few work at once, some wait, and turns the others away. */
function createTurns() {
  let going = 0;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (going >= PARALLEL) {
      if (waiting.length >= WAITING) {
        throw new DataSensError('throttled', 'too many people sign in at once', {
          retryable: true,
          remedy: 'try again',
        });
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      going += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) going -= 1;
      else next();
    }
  };
}
