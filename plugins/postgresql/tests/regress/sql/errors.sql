-- Bad input: each with its SQLSTATE and a hint, and the session goes on.
\set SHOW_CONTEXT never
\getenv pack SEKISHO_TEST_PACK
\getenv damaged SEKISHO_DAMAGED_PACK
CREATE FUNCTION refused(query text, OUT state text, OUT message text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE query;
  message := 'it was not refused';
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
END $$;
\pset expanded on
SET sekisho.pack = :'pack';
SELECT * FROM refused($$SELECT sekisho_verdict('us-xxxx', 'a')$$);
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a', kind => 'gas')$$);
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a', sale => 'cash')$$);
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a', destination => 'Japan')$$);
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a', treaties => 'tordesillas')$$);
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a', attributes => '{"weight": "3 kg"}')$$);
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a', attributes => '{"caliber": 3}')$$);
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a', attributes => '["caliber"]')$$);
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a', as_of => '2999-01-01')$$);
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a', as_of => 'infinity')$$);
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a', as_of => '0044-03-15 BC')$$);
SET sekisho.as_of = '2026-02-30';
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a')$$);
RESET sekisho.as_of;
SET sekisho.lists = 'us-usml,de-al';
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a')$$);
RESET sekisho.lists;
SELECT * FROM refused($$SET sekisho.nonsense = 'a'$$);
SELECT * FROM refused($$SET sekisho.max_input_bytes = '2GB'$$);
SELECT * FROM refused($$SET sekisho.max_matches = -1$$);
SELECT * FROM refused($$SET sekisho.max_steps = 'many'$$);
SELECT * FROM refused($$SET sekisho.max_memory_bytes = '64 acres'$$);
SET sekisho.pack = '/nonexistent/lists.pack';
SELECT * FROM refused($$SELECT sekisho_classify('machine gun, 7.62 mm')$$);
SELECT * FROM refused($$SELECT sekisho_classify('machine gun, 7.62 mm')$$);
SET sekisho.pack = '/dev/null';
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a')$$);
SET sekisho.pack = :'damaged';
SELECT state, hint FROM refused($$SELECT sekisho_verdict('us-usml', 'a')$$);
SET sekisho.pack = :'pack';
SELECT sekisho_verdict('us-usml', 'machine gun, 7.62 mm');
-- Only a signed pack will do.
SET sekisho.trusted_keys = 'abc';
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a')$$);
SELECT set_config('sekisho.trusted_keys', repeat('0f', 32) || ',' || repeat('1e', 32), false) <> '' AS set;
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a')$$);
SET sekisho.pack = '';
SELECT * FROM refused($$SELECT sekisho_verdict('us-usml', 'a')$$);
RESET sekisho.trusted_keys;
SET sekisho.pack = :'pack';
SELECT sekisho_verdict('us-usml', 'machine gun, 7.62 mm');
-- An error inside a transaction block leaves the session in order.
BEGIN;
SELECT * FROM refused($$SELECT count(sekisho_verdict('us-usml', 'machine gun', as_of => day)) FROM unnest(ARRAY['2020-01-01', 'infinity']::date[]) day$$);
SELECT sekisho_verdict('us-usml', 'machine gun, 7.62 mm');
COMMIT;
-- Which files the server reads is no ordinary user's to say.
CREATE ROLE sekisho_clerk;
SET ROLE sekisho_clerk;
SELECT * FROM refused($$SET sekisho.pack = '/etc/passwd'$$);
SELECT * FROM refused($$SET sekisho.trusted_keys = ''$$);
SELECT * FROM refused($$SET sekisho.max_steps = 1$$);
SELECT sekisho_verdict('us-usml', 'machine gun, 7.62 mm');
SELECT * FROM refused($$SELECT count(*) FROM sekisho_classification$$);
SELECT * FROM refused($$SELECT sekisho_put('pg_class', 'insert', NULL, 'a', 'b', NULL, NULL, NULL)$$);
SELECT * FROM refused($$SELECT sekisho_reclassify()$$);
RESET ROLE;
DROP ROLE sekisho_clerk;
DROP FUNCTION refused;
