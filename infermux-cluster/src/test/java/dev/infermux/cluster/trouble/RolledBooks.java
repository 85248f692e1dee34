package dev.infermux.cluster.trouble;

import dev.infermux.cluster.postgres.TestPostgres;

/** What has to stand in the database while nodes are ended and started again. */
final class RolledBooks {

  private RolledBooks() {}

  /** One has ended, and nothing is authorised to it any more; so many go on. */
  static void oneLeft(TestPostgres postgres, String database, int others) {
    postgres.sql(
        database,
        """
        DO $$ BEGIN
          ASSERT (SELECT count(*) FROM infermux.holder WHERE state = 'active') = %d, 'holders';
          ASSERT (SELECT count(*) FROM infermux.lease l JOIN infermux.holder h USING (holder)
            WHERE h.state <> 'active' AND (NOT closed OR authorised <> settled)) = 0, 'leases';
        END $$
        """
            .formatted(others));
  }

  /** All have ended; each call that was answered is settled and told, once. */
  static void allLeft(TestPostgres postgres, String database, int starts, int answered) {
    postgres.sql(
        database,
        """
        DO $$ BEGIN
          ASSERT (SELECT count(*) FROM infermux.holder WHERE state <> 'left') = 0, 'holders';
          ASSERT (SELECT count(*) FROM infermux.holder) = %d, 'starts';
          ASSERT (SELECT bool_and(authorised = settled AND kept = 0) FROM infermux.budget), 'books';
          ASSERT (SELECT sum(settled) FROM infermux.budget) = %d, 'settled';
          ASSERT (SELECT sum(nanos) FROM infermux.cost_entry) = %d, 'costs';
        END $$
        """
            .formatted(starts, answered * Node.CALL_NANOS, answered * Node.CALL_NANOS));
  }

  /** Of how many versions of the program the nodes are that run. */
  static void versions(TestPostgres postgres, String database, int count) {
    postgres.sql(
        database,
        """
        DO $$ BEGIN
          ASSERT (SELECT count(DISTINCT version) FROM infermux.holder WHERE state = 'active') = %d,
            'versions';
        END $$
        """
            .formatted(count));
  }
}
