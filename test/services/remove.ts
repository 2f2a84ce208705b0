// Stops the embedded PostgreSQL of a folder and removes its data, which may lie elsewhere.

import { removeServer } from '../../src/store/server.ts';

await removeServer(process.argv[2]!);
