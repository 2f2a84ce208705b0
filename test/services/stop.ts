// Stops the embedded PostgreSQL of a folder, before the folder is removed.

import { stopServer } from '../../src/store/server.ts';

await stopServer(process.argv[2]!);
