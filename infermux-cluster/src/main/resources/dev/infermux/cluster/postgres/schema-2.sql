-- Version 2: what was changed while nodes run. Nothing of version 1 changes, so its nodes go on. What is there already
-- stays: an operator may have said version 1 again, so that a program of it starts.

-- The version of all changes together. Whoever changes something locks it: one change at a time.
CREATE TABLE IF NOT EXISTS infermux.change_version (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  version bigint NOT NULL
) WITH (fillfactor = 50);
INSERT INTO infermux.change_version (version) VALUES (0) ON CONFLICT DO NOTHING;

-- The state of each thing that is set, or removed (no body). A node leaves alone the kinds that it does not know.
CREATE TABLE IF NOT EXISTS infermux.change (
  kind text NOT NULL,
  name text NOT NULL,
  version bigint NOT NULL,
  body text,
  PRIMARY KEY (kind, name)
);

-- Who has changed what; also by which an attempt is known that is made again.
CREATE TABLE IF NOT EXISTS infermux.change_history (
  version bigint NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  effect text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  holder uuid NOT NULL,
  attempt uuid NOT NULL,
  PRIMARY KEY (version, kind, name)
);
CREATE INDEX IF NOT EXISTS change_history_attempt ON infermux.change_history (attempt);

-- What each holder has in force.
CREATE TABLE IF NOT EXISTS infermux.change_applied (
  holder uuid PRIMARY KEY,
  version bigint NOT NULL,
  problems text[] NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);

-- Takes changes, all or none, where the newest version is the one that they were decided upon.
CREATE OR REPLACE FUNCTION infermux.change(
  p_holder uuid, p_attempt uuid, p_seen bigint, p_kind text[], p_name text[], p_effect text[],
  p_body text[], OUT taken boolean, OUT newest bigint
) LANGUAGE plpgsql AS $$
BEGIN
  SELECT v.version INTO newest FROM infermux.change_version v FOR UPDATE;
  taken := EXISTS (SELECT 1 FROM infermux.change_history h WHERE h.attempt = p_attempt);
  IF taken OR newest <> p_seen THEN
    RETURN;
  END IF;
  taken := true;
  newest := newest + 1;
  UPDATE infermux.change_version v SET version = newest;
  FOR i IN 1 .. coalesce(array_length(p_kind, 1), 0) LOOP
    INSERT INTO infermux.change_history (version, kind, name, effect, holder, attempt)
      VALUES (newest, p_kind[i], p_name[i], p_effect[i], p_holder, p_attempt);
    IF p_effect[i] = 'FORGOTTEN' THEN
      DELETE FROM infermux.change c WHERE c.kind = p_kind[i] AND c.name = p_name[i];
    ELSE
      INSERT INTO infermux.change (kind, name, version, body)
        VALUES (p_kind[i], p_name[i], newest, CASE WHEN p_effect[i] = 'SET' THEN p_body[i] END)
        ON CONFLICT (kind, name) DO UPDATE SET version = excluded.version, body = excluded.body;
    END IF;
  END LOOP;
END $$;
