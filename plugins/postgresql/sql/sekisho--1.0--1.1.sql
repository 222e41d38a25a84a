-- A record of classifications: what every tracked part is classified as, and who changed that, from what, to what, by
-- which taxonomy.
\echo Use "ALTER EXTENSION sekisho UPDATE TO '1.1'" to load this file. \quit

CREATE TABLE sekisho_classification (
  source regclass NOT NULL,           -- the table of the part
  part text NOT NULL,                 -- its key there
  verdict text NOT NULL,              -- the strictest of all lists
  result jsonb COMPRESSION lz4,       -- as of sekisho_classify; NULL: nothing found and nothing to say
  taxonomy text NOT NULL,             -- digest of the taxonomy that judged
  as_of date NOT NULL,
  classified_at timestamptz NOT NULL,
  classified_by name NOT NULL,
  PRIMARY KEY (source, part));

CREATE TABLE sekisho_change (
  id bigserial PRIMARY KEY,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  changed_by name NOT NULL DEFAULT session_user,
  cause text NOT NULL,                -- insert, update, delete, truncate, reclassify
  source text NOT NULL,               -- by name: the record outlives the table
  part text NOT NULL,
  list text NOT NULL,
  from_verdict text, from_entries jsonb, from_taxonomy text,  -- NULL: was not classified before
  to_verdict text, to_entries jsonb, to_taxonomy text);       -- NULL: the part is gone

SELECT pg_catalog.pg_extension_config_dump('sekisho_classification', '');
SELECT pg_catalog.pg_extension_config_dump('sekisho_change', '');
SELECT pg_catalog.pg_extension_config_dump('sekisho_change_id_seq', '');

-- What was found, by list: {"VIII(a)": "match"}. An entry that stands there twice counts by its stricter verdict.
CREATE FUNCTION sekisho_findings(result jsonb, OUT list text, OUT verdict text, OUT entries jsonb)
RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 4
BEGIN ATOMIC
  SELECT l ->> 'list', l ->> 'verdict',
    (SELECT coalesce(jsonb_object_agg(c.value ->> 'entry', c.value ->> 'verdict' ORDER BY c.ordinality DESC), '{}')
     FROM jsonb_array_elements(l -> 'candidates') WITH ORDINALITY c)
  FROM jsonb_array_elements(result -> 'lists') l WHERE l ->> 'verdict' <> 'no_match';
END;

-- The result, or NULL where it says no more than that nothing was found.
CREATE FUNCTION sekisho_worth_keeping(result jsonb)
RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN result -> 'notices' <> '[]' OR result @? '$.lists[*] ? (@.verdict != "no_match")' THEN result END;

-- One row for each list in which two results differ; `was`, `is`: whether there is a classification before and after.
CREATE FUNCTION sekisho_difference(was boolean, before jsonb, "is" boolean, after jsonb,
  OUT list text, OUT from_verdict text, OUT from_entries jsonb, OUT to_verdict text, OUT to_entries jsonb)
RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
  SELECT list, CASE WHEN was THEN coalesce(b.verdict, 'no_match') END, CASE WHEN was THEN coalesce(b.entries, '{}') END,
    CASE WHEN "is" THEN coalesce(a.verdict, 'no_match') END, CASE WHEN "is" THEN coalesce(a.entries, '{}') END
  FROM sekisho_findings(before) b FULL JOIN sekisho_findings(after) a USING (list)
  WHERE (b.verdict, b.entries) IS DISTINCT FROM (a.verdict, a.entries);
END;

-- The findings of all tracked parts, a row for each list in which something was found.
CREATE VIEW sekisho_verdicts AS
  SELECT c.source, c.part, f.list, f.verdict, f.entries, c.taxonomy, c.as_of
  FROM sekisho_classification c, sekisho_findings(c.result) f;

-- Takes classifications out: of one part, or where `gone` is NULL of all parts of the table.
CREATE FUNCTION sekisho_forget(source regclass, cause text, gone text)
RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  forgotten bigint;
BEGIN
  INSERT INTO @extschema@.sekisho_change (cause, source, part, list, from_verdict, from_entries, from_taxonomy)
    SELECT $2, $1, c.part, d.list, d.from_verdict, d.from_entries, c.taxonomy
    FROM @extschema@.sekisho_classification c, @extschema@.sekisho_difference(true, c.result, false, NULL) d
    WHERE c.source = $1 AND c.part = coalesce($3, c.part);
  DELETE FROM @extschema@.sekisho_classification c WHERE c.source = $1 AND c.part = coalesce($3, c.part);
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  RETURN forgotten;
END $$;

-- What the trigger does for one row: forgets the part that is gone, classifies the one that is there. Its plans are made
-- when the record may be empty, and kept while it grows: hence by the index, always.
CREATE FUNCTION sekisho_put(source regclass, cause text, gone text, part text, description text, part_number text,
  nsn text, manufacturer text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  before @extschema@.sekisho_classification;
  fresh jsonb;
  digest text;
BEGIN
  IF $4 IS NULL OR $3 <> $4 THEN
    PERFORM @extschema@.sekisho_forget($1, $2, $3);
  END IF;
  IF $4 IS NULL THEN
    RETURN;
  END IF;
  fresh := @extschema@.sekisho_classify($5, $6, $7, $8);
  digest := fresh -> 'taxonomy' ->> 'digest';
  SELECT * INTO before FROM @extschema@.sekisho_classification c WHERE c.source = $1 AND c.part = $4;
  INSERT INTO @extschema@.sekisho_change (cause, source, part, list, from_verdict, from_entries, from_taxonomy,
      to_verdict, to_entries, to_taxonomy)
    SELECT $2, $1, $4, d.list, d.from_verdict, d.from_entries, before.taxonomy, d.to_verdict, d.to_entries, digest
    FROM @extschema@.sekisho_difference(before.part IS NOT NULL, before.result, true, fresh) d;
  INSERT INTO @extschema@.sekisho_classification AS c
    VALUES ($1, $4, @extschema@.sekisho_verdict(NULL, $5, $6, $7, $8), @extschema@.sekisho_worth_keeping(fresh), digest,
      (fresh -> 'taxonomy' ->> 'as_of')::date, clock_timestamp(), session_user)
    ON CONFLICT ON CONSTRAINT sekisho_classification_pkey DO UPDATE
      SET (verdict, result, taxonomy, as_of, classified_at, classified_by) = ROW (excluded.verdict, excluded.result,
        excluded.taxonomy, excluded.as_of, excluded.classified_at, excluded.classified_by);
END $$;

-- The trigger function. It always judges by all lists and the taxonomy's own day, whatever a session has set: nobody
-- shall narrow the record by a setting of his own.
CREATE FUNCTION sekisho_track() RETURNS trigger LANGUAGE C SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp SET sekisho.lists = '' SET sekisho.as_of = ''
  AS 'MODULE_PATHNAME', 'sekisho_pg_track';

-- The tables that have the trigger, and the columns that it names.
CREATE VIEW sekisho_tracked AS
  SELECT t.tgrelid::regclass AS source,
    ARRAY(SELECT convert_from(decode(name, 'escape'), 'UTF8')
          FROM unnest(string_to_array(encode(t.tgargs, 'escape'), '\000')) WITH ORDINALITY a(name, place)
          WHERE place <= t.tgnargs ORDER BY place) AS columns
  FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
  WHERE t.tgfoid = 'sekisho_track()'::regprocedure AND r.relkind = 'r' AND t.tgtype & 1 = 1;

-- Classifies the parts of one table anew into pg_temp.sekisho_fresh, with as many workers as the server has for it.
CREATE FUNCTION sekisho_classify_table(source regclass, columns text[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET default_toast_compression = lz4 AS $$
DECLARE
  texts text := (SELECT string_agg(format('format(''%%s'', %I)', name), ', ') FROM unnest($2[2:]) name);
BEGIN
  -- format() reads a column by its output function, as the trigger does.
  EXECUTE format('CREATE TEMPORARY TABLE sekisho_fresh AS'
    ' SELECT part, %2$s.sekisho_worth_keeping(result) AS result, verdict FROM (SELECT format(''%%s'', %1$I) AS part,'
    ' %2$s.sekisho_classify(%3$s) AS result, %2$s.sekisho_verdict(NULL, %3$s) AS verdict FROM ONLY %4$s OFFSET 0) f',
    $2[1], '@extschema@', texts, $1);
  ALTER TABLE pg_temp.sekisho_fresh ADD PRIMARY KEY (part);
  ANALYZE pg_temp.sekisho_fresh;
END $$;

-- Brings the record of one table from what it says to what pg_temp.sekisho_fresh says.
CREATE FUNCTION sekisho_settle(source regclass, OUT parts bigint, OUT changed bigint, OUT gone bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  now_by jsonb := @extschema@.sekisho_version() -> 'taxonomy';
BEGIN
  SELECT coalesce(sum(@extschema@.sekisho_forget($1, 'reclassify', c.part)), 0) INTO gone
    FROM @extschema@.sekisho_classification c
    WHERE c.source = $1 AND NOT EXISTS (SELECT FROM pg_temp.sekisho_fresh f WHERE f.part = c.part);
  WITH recorded AS (
    INSERT INTO @extschema@.sekisho_change (cause, source, part, list, from_verdict, from_entries, from_taxonomy,
        to_verdict, to_entries, to_taxonomy)
      SELECT 'reclassify', $1, f.part, d.list, d.from_verdict, d.from_entries, c.taxonomy, d.to_verdict, d.to_entries,
        now_by ->> 'digest'
      FROM pg_temp.sekisho_fresh f
        LEFT JOIN @extschema@.sekisho_classification c ON c.source = $1 AND c.part = f.part,
        @extschema@.sekisho_difference(c.part IS NOT NULL, c.result, true, f.result) d
      WHERE c.result IS DISTINCT FROM f.result
      RETURNING part)
    SELECT count(DISTINCT part) INTO changed FROM recorded;
  INSERT INTO @extschema@.sekisho_classification AS c
    SELECT $1, f.part, f.verdict, f.result, now_by ->> 'digest', (now_by ->> 'as_of')::date, clock_timestamp(),
      session_user
    FROM pg_temp.sekisho_fresh f
    ON CONFLICT ON CONSTRAINT sekisho_classification_pkey DO UPDATE
      SET (verdict, result, taxonomy, as_of, classified_at, classified_by) = ROW (excluded.verdict, excluded.result,
        excluded.taxonomy, excluded.as_of, excluded.classified_at, excluded.classified_by)
      WHERE (c.taxonomy, c.result) IS DISTINCT FROM (excluded.taxonomy, excluded.result);
  SELECT count(*) INTO parts FROM pg_temp.sekisho_fresh;
END $$;

-- After a change of the lists: classifies all parts of a tracked table anew, or of all tracked tables. Whoever changes
-- a part meanwhile waits, so that nothing is written over. `changed`: parts whose findings are others than before.
CREATE FUNCTION sekisho_reclassify(only_source regclass DEFAULT NULL,
  OUT source regclass, OUT parts bigint, OUT changed bigint, OUT gone bigint)
RETURNS SETOF record LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET sekisho.lists = '' SET sekisho.as_of = '' SET client_min_messages = warning AS $$
DECLARE
  columns text[];
BEGIN
  LOCK TABLE @extschema@.sekisho_classification IN SHARE ROW EXCLUSIVE MODE;
  DROP TABLE IF EXISTS pg_temp.sekisho_fresh;
  FOR source, columns IN
    SELECT t.source, t.columns FROM @extschema@.sekisho_tracked t
    WHERE $1 IS NULL OR t.source = $1 OR t.source IN (SELECT relid FROM pg_partition_tree($1)) ORDER BY 1
  LOOP
    PERFORM @extschema@.sekisho_classify_table(source, columns);
    SELECT s.parts, s.changed, s.gone INTO parts, changed, gone FROM @extschema@.sekisho_settle(source) s;
    DROP TABLE pg_temp.sekisho_fresh;
    RETURN NEXT;
  END LOOP;
  IF $1 IS NOT NULL AND NOT FOUND THEN
    RAISE EXCEPTION 'sekisho: table % has no trigger that calls sekisho_track', $1
      USING ERRCODE = 'undefined_object', HINT = 'Create one first, as the README of the extension shows.';
  END IF;
END $$;

REVOKE ALL ON FUNCTION sekisho_forget, sekisho_put, sekisho_classify_table, sekisho_settle, sekisho_reclassify FROM PUBLIC;
