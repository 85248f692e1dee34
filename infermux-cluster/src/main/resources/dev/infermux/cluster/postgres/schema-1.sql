-- Version 1. Money is in nano-dollars; months are their first day, in UTC.

-- One row a start of a process. Its id is the fencing token: a lease belongs to a holder.
CREATE TABLE infermux.holder (
  holder uuid PRIMARY KEY,
  node text NOT NULL,
  version text NOT NULL,
  state text NOT NULL CHECK (state IN ('active', 'left', 'recovered', 'settled')),
  started timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen timestamptz NOT NULL DEFAULT clock_timestamp(),
  lost_after interval NOT NULL,
  backlog bigint NOT NULL DEFAULT 0,
  skew_ms bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- The sums over the leases of one account and month, and the limit in force.
CREATE TABLE infermux.budget (
  account text NOT NULL,
  month date NOT NULL,
  limit_nanos bigint NOT NULL CHECK (limit_nanos >= 0),
  authorised bigint NOT NULL DEFAULT 0 CHECK (authorised >= 0),
  settled bigint NOT NULL DEFAULT 0 CHECK (settled >= 0),
  kept bigint NOT NULL DEFAULT 0,
  wanted_at timestamptz,
  PRIMARY KEY (account, month)
) WITH (fillfactor = 50);

-- authorised: all that was ever allowed it; settled: all it said it spent; kept: what it said it holds.
-- before, after: what all had settled before and after its last step, so that a repeated step is answered alike.
CREATE TABLE infermux.lease (
  account text NOT NULL,
  month date NOT NULL,
  holder uuid NOT NULL REFERENCES infermux.holder,
  limit_nanos bigint NOT NULL,
  authorised bigint NOT NULL DEFAULT 0,
  settled bigint NOT NULL DEFAULT 0,
  kept bigint NOT NULL DEFAULT 0,
  step bigint NOT NULL DEFAULT 0,
  before bigint NOT NULL DEFAULT 0,
  after bigint NOT NULL DEFAULT 0,
  closed boolean NOT NULL DEFAULT false,
  PRIMARY KEY (account, month, holder),
  CHECK (settled <= authorised)
) WITH (fillfactor = 50);
CREATE INDEX lease_open ON infermux.lease (holder) WHERE NOT closed;

-- What an operator said a node had spent.
CREATE TABLE infermux.lease_history (
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  holder uuid NOT NULL,
  account text NOT NULL,
  month date NOT NULL,
  authorised bigint NOT NULL,
  told bigint NOT NULL,
  settled bigint NOT NULL
);

CREATE TABLE infermux.cost_entry (
  holder uuid NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  caller text NOT NULL,
  project text NOT NULL,
  grp text NOT NULL,
  provider text NOT NULL,
  model text NOT NULL,
  nanos bigint NOT NULL,
  last boolean NOT NULL,
  prompt_tokens bigint NOT NULL,
  completion_tokens bigint NOT NULL,
  PRIMARY KEY (holder, seq)
);
CREATE INDEX cost_entry_at ON infermux.cost_entry USING brin (at);

-- Sums of the entries, in the same transaction.
CREATE TABLE infermux.cost_hour (
  hour timestamptz NOT NULL,
  caller text NOT NULL,
  project text NOT NULL,
  grp text NOT NULL,
  provider text NOT NULL,
  model text NOT NULL,
  nanos bigint NOT NULL,
  requests bigint NOT NULL,
  prompt_tokens bigint NOT NULL,
  completion_tokens bigint NOT NULL,
  PRIMARY KEY (hour, caller, project, grp, provider, model)
) WITH (fillfactor = 50);

-- One step of one lease. Everything that comes in is a total, but want and need.
CREATE FUNCTION infermux.step(
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
BEGIN
  lost := false;
  INSERT INTO infermux.budget (account, month, limit_nanos)
    VALUES (p_account, p_month, p_limit) ON CONFLICT DO NOTHING;
  SELECT * INTO b FROM infermux.budget x
    WHERE x.account = p_account AND x.month = p_month FOR UPDATE;
  SELECT * INTO l FROM infermux.lease x
    WHERE x.account = p_account AND x.month = p_month AND x.holder = p_holder;
  IF NOT FOUND THEN
    PERFORM 1 FROM infermux.holder x WHERE x.holder = p_holder AND x.state = 'active' FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'holder % is not active', p_holder USING ERRCODE = 'IM001';
    END IF;
    INSERT INTO infermux.lease (account, month, holder, limit_nanos)
      VALUES (p_account, p_month, p_holder, p_limit) RETURNING * INTO l;
  END IF;
  IF l.closed THEN
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

-- Many steps in one round trip, in one order for all nodes: two that come in different orders would deadlock.
CREATE FUNCTION infermux.steps(
  p_holder uuid, p_account text[], p_month date[], p_number bigint[], p_after bigint[],
  p_known bigint[], p_limit bigint[], p_spent bigint[], p_keep bigint[], p_want bigint[],
  p_need bigint[]
) RETURNS TABLE (
  authorised bigint, free bigint, most bigint, wanted boolean, before bigint, settled bigint,
  lost boolean
) LANGUAGE plpgsql AS $$
BEGIN
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

-- The end of one lease: it is what was spent, and no more. Nothing happens to one that is closed by its own word.
CREATE FUNCTION infermux.close_lease(
  p_holder uuid, p_account text, p_month date, p_limit bigint, p_spent bigint, p_again boolean
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  l infermux.lease;
  spent bigint;
BEGIN
  IF p_limit >= 0 THEN
    INSERT INTO infermux.budget (account, month, limit_nanos)
      VALUES (p_account, p_month, p_limit) ON CONFLICT DO NOTHING;
  END IF;
  PERFORM 1 FROM infermux.budget x WHERE x.account = p_account AND x.month = p_month FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  SELECT * INTO l FROM infermux.lease x
    WHERE x.account = p_account AND x.month = p_month AND x.holder = p_holder;
  IF NOT FOUND THEN
    IF p_limit < 0 OR p_spent = 0 THEN
      RETURN 0;
    END IF;
    INSERT INTO infermux.lease (account, month, holder, limit_nanos)
      VALUES (p_account, p_month, p_holder, p_limit) RETURNING * INTO l;
  ELSIF l.closed AND NOT p_again THEN
    RETURN 0;
  END IF;
  spent := greatest(p_spent, l.settled);
  UPDATE infermux.budget x
    SET authorised = x.authorised + spent - l.authorised, settled = x.settled + spent - l.settled,
      kept = x.kept - l.kept
    WHERE x.account = p_account AND x.month = p_month;
  UPDATE infermux.lease x
    SET authorised = spent, settled = spent, kept = 0, closed = true
    WHERE x.account = p_account AND x.month = p_month AND x.holder = p_holder;
  RETURN l.authorised - spent;
END $$;

-- Budgets are locked before their holder, and in the order of a step: one that is under way would deadlock else.
CREATE FUNCTION infermux.lock_budgets(p_holder uuid, p_account text[], p_month date[]) RETURNS void
LANGUAGE sql AS $$
  SELECT 1 FROM infermux.budget b
    WHERE (b.account, b.month) IN (
      SELECT l.account, l.month FROM infermux.lease l WHERE l.holder = p_holder AND NOT l.closed
      UNION ALL
      SELECT * FROM unnest(p_account, p_month))
    ORDER BY b.account COLLATE "C", b.month FOR UPDATE
$$;

-- The end of a holder, by its own word (left) or by its journal (recovered).
CREATE FUNCTION infermux.end_holder(
  p_holder uuid, p_state text, p_account text[], p_month date[], p_limit bigint[], p_spent bigint[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  was text;
  x record;
BEGIN
  INSERT INTO infermux.holder (holder, node, version, state, lost_after)
    VALUES (p_holder, '', '', 'active', interval '0') ON CONFLICT DO NOTHING;
  PERFORM infermux.lock_budgets(p_holder, p_account, p_month);
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
CREATE FUNCTION infermux.settle_holder(p_holder uuid, p_spent bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  x record;
  remaining bigint := p_spent;
  more bigint;
  freed bigint := 0;
BEGIN
  PERFORM infermux.lock_budgets(p_holder, '{}', '{}');
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

-- Costs, each once: those that are there already are left out of the sums too.
CREATE FUNCTION infermux.add_costs(
  p_holder uuid[], p_seq bigint[], p_at timestamptz[], p_caller text[], p_project text[],
  p_grp text[], p_provider text[], p_model text[], p_nanos bigint[], p_last boolean[],
  p_prompt bigint[], p_completion bigint[]
) RETURNS void LANGUAGE sql AS $$
  WITH fresh AS (
    INSERT INTO infermux.cost_entry
      SELECT * FROM unnest(p_holder, p_seq, p_at, p_caller, p_project, p_grp, p_provider, p_model,
        p_nanos, p_last, p_prompt, p_completion)
      ON CONFLICT DO NOTHING
      RETURNING *
  )
  INSERT INTO infermux.cost_hour
    SELECT date_trunc('hour', at, 'UTC') AS hour, caller, project, grp, provider, model, sum(nanos),
      count(*) FILTER (WHERE last), sum(prompt_tokens), sum(completion_tokens)
    FROM fresh
    GROUP BY 1, 2, 3, 4, 5, 6
    ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (hour, caller, project, grp, provider, model) DO UPDATE
    SET nanos = cost_hour.nanos + excluded.nanos, requests = cost_hour.requests + excluded.requests,
      prompt_tokens = cost_hour.prompt_tokens + excluded.prompt_tokens,
      completion_tokens = cost_hour.completion_tokens + excluded.completion_tokens
$$;
