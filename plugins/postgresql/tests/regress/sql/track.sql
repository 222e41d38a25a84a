-- A table that is tracked: insert, update, delete, truncate; another pack; who did it.
\set SHOW_CONTEXT never
\getenv pack SEKISHO_TEST_PACK
\getenv newer SEKISHO_NEWER_PACK
SET sekisho.pack = :'pack';
SET datestyle = ISO;
CREATE TABLE parts (id int PRIMARY KEY, description varchar(80), part_number char(8), note text);
INSERT INTO parts VALUES (1, 'machine gun, 7.62 mm'), (2, 'glue gun'), (3, 'sarin');
CREATE TRIGGER sekisho AFTER INSERT OR UPDATE OR DELETE ON parts
  FOR EACH ROW EXECUTE FUNCTION sekisho_track('id', 'description', 'part_number');
CREATE TRIGGER sekisho_truncate AFTER TRUNCATE ON parts
  FOR EACH STATEMENT EXECUTE FUNCTION sekisho_track('id', 'description', 'part_number');
SELECT * FROM sekisho_tracked;
SELECT * FROM sekisho_reclassify('parts');
SELECT source, part, verdict, result IS NULL AS nothing, as_of::text, classified_by = session_user AS by_us
  FROM sekisho_classification ORDER BY part;
SELECT * FROM sekisho_reclassify();

-- By an ordinary user, who sees nothing of the record and narrows nothing.
CREATE ROLE sekisho_clerk;
GRANT SELECT, INSERT, UPDATE, DELETE ON parts TO sekisho_clerk;
SET ROLE sekisho_clerk;
SET sekisho.as_of = '1999-12-31';
INSERT INTO parts VALUES (4, 'machine gun', NULL), (5, 'BOLT', 'M2HB');
UPDATE parts SET note = 'no word of it is read' WHERE id = 1;
UPDATE parts SET description = 'machine gun, 12.7 mm' WHERE id = 1;
UPDATE parts SET id = 40 WHERE id = 4;
DELETE FROM parts WHERE id = 5;
RESET sekisho.as_of;
RESET ROLE;
SELECT part, verdict FROM sekisho_classification ORDER BY part;
SELECT source, part, list, verdict, entries, as_of FROM sekisho_verdicts ORDER BY part, list;
SELECT cause, source, part, list, from_verdict, from_entries, to_verdict, to_entries, from_taxonomy = to_taxonomy AS same_pack
  FROM sekisho_change ORDER BY id;

-- The lists change. What changed with them is recorded, with both packs, whoever ran it.
INSERT INTO parts VALUES (6, 'machine gun, 7.62 mm');
SET session_replication_role = replica;  -- triggers asleep: lines that the record has missed
INSERT INTO parts VALUES (7, 'machine gun, 7.62 mm'), (8, 'sarin');
DELETE FROM parts WHERE id = 40;
RESET session_replication_role;
SET sekisho.pack = :'newer';
SELECT * FROM sekisho_reclassify('parts');
SELECT part, list, from_verdict, from_entries, to_verdict, to_entries, from_taxonomy <> to_taxonomy AS other_pack,
  to_taxonomy = sekisho_version() #>> '{taxonomy,digest}' AS by_this, changed_by = session_user AS by_us
  FROM sekisho_change WHERE cause = 'reclassify' AND from_taxonomy IS DISTINCT FROM to_taxonomy ORDER BY part, list;
SELECT part, verdict, taxonomy = sekisho_version() #>> '{taxonomy,digest}' AS by_this FROM sekisho_classification ORDER BY part;
SELECT * FROM sekisho_reclassify('parts');

-- All or nothing: what is rolled back was never there.
BEGIN;
DELETE FROM parts;
SELECT count(*) FROM sekisho_classification;
ROLLBACK;
SELECT count(*) FROM sekisho_classification;
TRUNCATE parts;
SELECT count(*), (SELECT count(*) FROM sekisho_change WHERE cause = 'truncate') AS recorded FROM sekisho_classification;

-- A pack that cannot be read: the change of the part is refused, not left unclassified.
SET sekisho.pack = '/nonexistent/lists.pack';
INSERT INTO parts VALUES (9, 'machine gun, 7.62 mm');
SET sekisho.pack = :'pack';
SELECT count(*) FROM parts;

-- Triggers that are wrong say so at the first row.
CREATE TABLE wrong (id int, description text);
SELECT sekisho_reclassify('wrong');
CREATE TRIGGER a BEFORE INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION sekisho_track('id', 'description');
INSERT INTO wrong VALUES (1, 'a');
DROP TRIGGER a ON wrong;
CREATE TRIGGER a AFTER INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION sekisho_track('id');
INSERT INTO wrong VALUES (1, 'a');
DROP TRIGGER a ON wrong;
CREATE TRIGGER a AFTER INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION sekisho_track('id', 'designation');
INSERT INTO wrong VALUES (1, 'a');
DROP TRIGGER a ON wrong;
CREATE TRIGGER a AFTER INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION sekisho_track('id', 'description');
INSERT INTO wrong VALUES (1, 'a');
ALTER TABLE wrong ADD UNIQUE (id);
INSERT INTO wrong VALUES (NULL, 'a');
INSERT INTO wrong VALUES (1, 'a');
SELECT sekisho_track();

-- Partitions: each is a source of its own, and is found by the name of the whole.
CREATE TABLE "発注 品" ("品番" text PRIMARY KEY, "品名" text) PARTITION BY LIST ("品番");
CREATE TABLE p1 PARTITION OF "発注 品" FOR VALUES IN ('a', 'b');
CREATE TABLE p2 PARTITION OF "発注 品" DEFAULT;
CREATE TRIGGER sekisho AFTER INSERT OR UPDATE OR DELETE ON "発注 品"
  FOR EACH ROW EXECUTE FUNCTION sekisho_track('品番', '品名');
INSERT INTO "発注 品" VALUES ('a', '機関銃、口径7.62mm'), ('c', '機関銃');
UPDATE "発注 品" SET "品番" = 'd' WHERE "品番" = 'a';
SELECT source, part, verdict FROM sekisho_classification WHERE source <> 'wrong'::regclass ORDER BY 1, 2;
SELECT * FROM sekisho_reclassify('"発注 品"');
DROP TABLE parts, wrong, "発注 品";
DROP ROLE sekisho_clerk;
