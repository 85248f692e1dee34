-- Version 3: one order in which rows are locked, so that no two statements wait for each other. First the holder, whose
-- leases then neither begin nor end beside it; then budgets, by account and month; a lease only under its budget.
-- Version 2 locked budgets before their holder, which a step that brings a new lease into the midst of others cannot.
-- infermux.lock_budgets is not called any more; it stays, since programs of versions 1 and 2 look for it.

-- One step of one lease. Everything that comes in is a total, but want and need.
CREATE OR REPLACE FUNCTION infermux.step(
  p_holder uuid, p_account text, p_month date, p_number bigint, p_after bigint, p_known bigint,
  p_limit bigint, p_spent bigint, p_keep bigint, p_want bigint, p_need bigint,
  OUT authorised bigint, OUT free bigint, OUT most bigint, OUT wanted boolean, OUT before bigint,
  OUT settled bigint, OUT lost boolean
) LANGUAGE plpgsql AS $$
DECLARE
  b infermux.budget;
  l infermux.lease;
  in_force bigint;
  has bigint;
  gets bigint;
  lacks bigint;
  begins boolean;
BEGIN
  lost := false;
  PERFORM 1 FROM infermux.lease x
    WHERE x.account = p_account AND x.month = p_month AND x.holder = p_holder;
  begins := NOT FOUND;
  IF begins THEN
    PERFORM 1 FROM infermux.holder x WHERE x.holder = p_holder AND x.state = 'active' FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'holder % is not active', p_holder USING ERRCODE = 'IM001';
    END IF;
    INSERT INTO infermux.budget (account, month, limit_nanos)
      VALUES (p_account, p_month, p_limit) ON CONFLICT DO NOTHING;
  END IF;
  SELECT * INTO b FROM infermux.budget x
    WHERE x.account = p_account AND x.month = p_month FOR UPDATE;
  SELECT * INTO l FROM infermux.lease x
    WHERE x.account = p_account AND x.month = p_month AND x.holder = p_holder;
  IF NOT FOUND AND begins THEN
    INSERT INTO infermux.lease (account, month, holder, limit_nanos)
      VALUES (p_account, p_month, p_holder, p_limit) RETURNING * INTO l;
  END IF;
  IF l.closed IS NOT FALSE THEN
    RAISE EXCEPTION 'a lease of holder % was ended', p_holder USING ERRCODE = 'IM002';
  END IF;
  in_force := b.limit_nanos;
  IF l.limit_nanos <> p_limit OR in_force <> p_limit THEN
    -- Configurations differ, or have: the smallest limit of a living node counts.
    SELECT least(p_limit, min(x.limit_nanos)) INTO in_force
      FROM infermux.lease x JOIN infermux.holder h USING (holder)
      WHERE x.account = p_account AND x.month = p_month AND x.holder <> p_holder AND NOT x.closed
        AND h.state = 'active' AND h.seen > clock_timestamp() - h.lost_after;
    in_force := coalesce(in_force, p_limit);
  END IF;
  IF p_number > l.step THEN
    has := l.authorised;
    IF l.step < p_after AND has < p_known THEN
      lost := true;
      has := p_known;
    END IF;
    has := greatest(has, p_spent);
    l.before := b.settled;
    b.settled := b.settled + p_spent - l.settled;
    free := greatest(0, in_force - (b.authorised + has - l.authorised));
    lacks := p_spent + p_keep + p_need - has;
    gets := p_spent + p_keep + greatest(p_want, p_need);
    IF gets > has THEN
      IF free < lacks OR free = 0 THEN
        gets := has;
      ELSE
        gets := least(gets, has + least(free, greatest(lacks, free / 4)));
      END IF;
    END IF;
    gets := greatest(gets, p_spent);
    b.authorised := b.authorised + gets - l.authorised;
    b.kept := b.kept + p_keep - l.kept;
    IF p_need > 0 THEN
      b.wanted_at := CASE WHEN gets < p_spent + p_keep + p_need THEN clock_timestamp() END;
    END IF;
    UPDATE infermux.budget x
      SET limit_nanos = in_force, authorised = b.authorised, settled = b.settled, kept = b.kept,
        wanted_at = b.wanted_at
      WHERE x.account = p_account AND x.month = p_month;
    UPDATE infermux.lease x
      SET limit_nanos = p_limit, authorised = gets, settled = p_spent, kept = p_keep,
        step = p_number, before = l.before, after = b.settled
      WHERE x.account = p_account AND x.month = p_month AND x.holder = p_holder;
    l.authorised := gets;
    l.after := b.settled;
  END IF;
  authorised := l.authorised;
  free := in_force - b.authorised;
  most := in_force - b.settled - b.kept;
  wanted := coalesce(b.wanted_at > clock_timestamp() - interval '5 s', false);
  before := l.before;
  settled := l.after;
END $$;

-- Many steps in one round trip: the holder before all of them, then in one order for all nodes.
CREATE OR REPLACE FUNCTION infermux.steps(
  p_holder uuid, p_account text[], p_month date[], p_number bigint[], p_after bigint[],
  p_known bigint[], p_limit bigint[], p_spent bigint[], p_keep bigint[], p_want bigint[],
  p_need bigint[]
) RETURNS TABLE (
  authorised bigint, free bigint, most bigint, wanted boolean, before bigint, settled bigint,
  lost boolean
) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM unnest(p_account, p_month) AS u (account, month)
    WHERE NOT EXISTS (SELECT 1 FROM infermux.lease l
      WHERE l.account = u.account AND l.month = u.month AND l.holder = p_holder);
  IF FOUND THEN
    PERFORM 1 FROM infermux.holder h WHERE h.holder = p_holder FOR SHARE;
  END IF;
  FOR i IN 1 .. coalesce(array_length(p_account, 1), 0) LOOP
    IF i > 1 AND (p_account[i] COLLATE "C" < p_account[i - 1] COLLATE "C"
        OR p_account[i] = p_account[i - 1] AND p_month[i] <= p_month[i - 1]) THEN
      RAISE EXCEPTION 'the steps are not in the order of their accounts' USING ERRCODE = 'IM003';
    END IF;
    RETURN QUERY SELECT s.* FROM infermux.step(
      p_holder, p_account[i], p_month[i], p_number[i], p_after[i], p_known[i], p_limit[i],
      p_spent[i], p_keep[i], p_want[i], p_need[i]) s;
  END LOOP;
END $$;

-- The end of a holder, by its own word (left) or by its journal (recovered). None of its leases begins meanwhile.
CREATE OR REPLACE FUNCTION infermux.end_holder(
  p_holder uuid, p_state text, p_account text[], p_month date[], p_limit bigint[], p_spent bigint[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  was text;
  x record;
BEGIN
  INSERT INTO infermux.holder (holder, node, version, state, lost_after)
    VALUES (p_holder, '', '', 'active', interval '0') ON CONFLICT DO NOTHING;
  SELECT state INTO was FROM infermux.holder h WHERE h.holder = p_holder FOR UPDATE;
  IF was NOT IN ('active', 'settled') THEN
    RETURN;
  END IF;
  UPDATE infermux.holder h SET state = p_state WHERE h.holder = p_holder;
  FOR x IN
    SELECT t.account, t.month, max(t.top) AS top, max(t.spent) AS spent
    FROM (
      SELECT account, month, top, spent
        FROM unnest(p_account, p_month, p_limit, p_spent) AS u (account, month, top, spent)
      UNION ALL
      SELECT l.account, l.month, -1, 0 FROM infermux.lease l WHERE l.holder = p_holder AND NOT l.closed
    ) t
    GROUP BY t.account, t.month
    ORDER BY t.account COLLATE "C", t.month
  LOOP
    PERFORM infermux.close_lease(p_holder, x.account, x.month, x.top, x.spent, was = 'settled');
  END LOOP;
END $$;

-- The end of a holder by an operator's word: p_spent beyond what it told, spread over its leases; null = all they hold.
CREATE OR REPLACE FUNCTION infermux.settle_holder(p_holder uuid, p_spent bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  x record;
  remaining bigint := p_spent;
  more bigint;
  freed bigint := 0;
BEGIN
  PERFORM 1 FROM infermux.holder h WHERE h.holder = p_holder AND h.state = 'active' FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'holder % is not active', p_holder USING ERRCODE = 'IM004';
  END IF;
  UPDATE infermux.holder h SET state = 'settled' WHERE h.holder = p_holder;
  FOR x IN
    SELECT * FROM infermux.lease l WHERE l.holder = p_holder AND NOT l.closed
      ORDER BY l.account COLLATE "C", l.month
  LOOP
    PERFORM 1 FROM infermux.budget y WHERE y.account = x.account AND y.month = x.month FOR UPDATE;
    SELECT * INTO x FROM infermux.lease l
      WHERE l.account = x.account AND l.month = x.month AND l.holder = p_holder;
    more := x.authorised - x.settled;
    IF remaining IS NOT NULL THEN
      more := least(more, remaining);
      remaining := remaining - more;
    END IF;
    INSERT INTO infermux.lease_history (holder, account, month, authorised, told, settled)
      VALUES (p_holder, x.account, x.month, x.authorised, x.settled, x.settled + more);
    freed := freed
      + infermux.close_lease(p_holder, x.account, x.month, -1, x.settled + more, false);
  END LOOP;
  RETURN freed;
END $$;
