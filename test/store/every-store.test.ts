import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { findPostgres } from '../support/postgres.ts';
import { comparedSuite } from './compared-suite.ts';
import { alertsSuite } from './alerts-suite.ts';
import { archiveSuite } from './archive-suite.ts';
import { accountingSuite } from './accounting-suite.ts';
import { backupSuite } from './backup-suite.ts';
import { composeSuite } from './compose-suite.ts';
import { copySuite } from './copy-suite.ts';
import { curateSuite } from './curate-suite.ts';
import { memory, postgresServer, sqliteFiles, type LastingDatabase, type TestDatabase } from './databases.ts';
import { findSuite } from './find-suite.ts';
import { hardshipSuite } from './hardship-suite.ts';
import { historySuite } from './history-suite.ts';
import { imagesSuite } from './images-suite.ts';
import { judgeSuite } from './judge-suite.ts';
import { privateSuite } from './private-suite.ts';
import { pushSuite } from './push-suite.ts';
import { refreshSuite } from './refresh-suite.ts';
import { schemaSuite } from './schema-suite.ts';
import { twoWritersSuite } from './two-writers-suite.ts';
import { upkeepSuite } from './upkeep-suite.ts';

// One suite for every store.

const postgres = findPostgres();

describe(memory.name, () => suite(memory));
lasting(sqliteFiles());
if ('reason' in postgres) test.skip(`PostgreSQL: ${postgres.reason}`, () => {});
else lasting(postgresServer(postgres), (database) => describe('two writers', () => twoWritersSuite(database)));

function lasting(database: LastingDatabase, more: (database: LastingDatabase) => void = () => {}): void {
  describe(database.name, () => {
    beforeAll(() => database.start(), 90_000);
    afterAll(() => database.stop());
    suite(database);
    describe('schema', () => schemaSuite(database));
    describe('copies', () => copySuite(database));
    describe('backups', () => backupSuite(database));
    more(database);
  });
}

function suite(database: TestDatabase): void {
  describe('refresh', () => refreshSuite(database));
  describe('curate', () => curateSuite(database));
  describe('compared texts', () => comparedSuite(database));
  describe('judge', () => judgeSuite(database));
  describe('compose and explain', () => composeSuite(database));
  describe('archives', () => archiveSuite(database));
  describe('find', () => findSuite(database));
  describe('history', () => historySuite(database));
  describe('alerts', () => alertsSuite(database));
  describe('pictures', () => imagesSuite(database));
  describe('push', () => pushSuite(database));
  describe('private topics', () => privateSuite(database));
  describe('upkeep', () => upkeepSuite(database));
  describe('accounting', () => accountingSuite(database));
  describe('hardship', () => hardshipSuite(database));
}
