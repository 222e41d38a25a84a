-- The functions, by a small pack that does not change.
CREATE EXTENSION sekisho;
\getenv pack SEKISHO_TEST_PACK
SET sekisho.pack = :'pack';
SELECT sekisho_version() #>> '{taxonomy,version}' AS taxonomy, sekisho_version() -> 'abi' AS abi;
SELECT sekisho_verdict('us-usml', 'machine gun, 7.62 mm'), sekisho_verdict(NULL, 'glue gun'),
  sekisho_verdict('us-usml', 'machine gun'), sekisho_verdict('us-usml', '機関銃、口径7.62mm');
SELECT jsonb_pretty(sekisho_classify('machine gun, 7.62 mm') - 'taxonomy');
SELECT list, verdict, entry, score, title_en, title_ja, cite, clause, note, flags, missing, evidence
  FROM sekisho_candidates('machine gun', 'X-1');
-- The JSON of the library, and the same as jsonb.
SELECT sekisho_json('machine gun')::jsonb = sekisho_classify('machine gun') AS same, left(sekisho_json('glue gun')::text, 24);
-- What is known beside the text.
SELECT sekisho_verdict('us-usml', 'machine gun', attributes => '{"caliber": "7.62 mm"}') AS by_attribute,
  sekisho_verdict('us-usml', 'machine gun', attributes => '{"caliber": "30 mm"}') AS too_large,
  sekisho_verdict('us-usml', NULL, 'M2HB') AS by_part_number,
  sekisho_verdict('us-usml', NULL, nsn => '1005-00-322-9715') AS by_nsn,
  sekisho_verdict('us-usml', 'machine gun, 7.62 mm', kind => 'technology') AS technology,
  sekisho_verdict('us-usml', 'machine gun, 7.62 mm', as_of => '2016-12-30') AS before_it_was_law;
-- Settings: days and lists.
SET sekisho.as_of = '2016-12-30';
SELECT sekisho_verdict('us-usml', 'machine gun, 7.62 mm'),
  sekisho_verdict('us-usml', 'machine gun, 7.62 mm', as_of => '2016-12-31');
RESET sekisho.as_of;
SET sekisho.lists = 'us-usml';
SELECT jsonb_array_length(sekisho_classify('machine gun') -> 'lists');
RESET sekisho.lists;
-- Nothing said is nothing found. Text that is too long is unknown, in every function.
SELECT sekisho_verdict(NULL, NULL), sekisho_verdict(NULL, ''), sekisho_verdict('us-usml', repeat('machine gun ', 9999));
SELECT list, verdict, entry, missing FROM sekisho_candidates(repeat('machine gun ', 9999));
-- In queries: a join, a filter, an aggregate; the same row asked twice; no row lost.
CREATE TEMP TABLE parts AS SELECT n, CASE n % 3 WHEN 0 THEN 'machine gun, 7.62 mm' WHEN 1 THEN 'glue gun' END AS description
  FROM generate_series(1, 300) n;
SELECT description, count(*), count(c.entry) FROM parts LEFT JOIN LATERAL sekisho_candidates(description) c ON true
  GROUP BY description ORDER BY description;
SELECT count(*) FROM parts WHERE sekisho_verdict('us-usml', description) = 'match' AND sekisho_verdict(NULL, description) = 'match';
-- STABLE, so no index by it: another pack would say something else.
CREATE INDEX ON parts (sekisho_verdict('us-usml', description));
SELECT proname, provolatile, proparallel FROM pg_proc WHERE proname LIKE 'sekisho\_%' AND prolang <> 14
  AND prorettype <> 'trigger'::regtype AND proname NOT IN ('sekisho_forget', 'sekisho_put', 'sekisho_classify_table',
  'sekisho_settle', 'sekisho_reclassify') ORDER BY 1;
